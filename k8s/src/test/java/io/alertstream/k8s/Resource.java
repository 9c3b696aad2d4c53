package io.alertstream.k8s;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One resource of the manifests.
 *
 * @param tree as written
 * @param model as an API server reads it
 */
record Resource(ObjectNode tree, Object model) {

    /**
     * Reads a resource strictly.
     *
     * @throws IllegalArgumentException if its kind is unknown or its model lacks one of its fields
     */
    static Resource of(ObjectNode tree) {
        String kind = tree.path("kind").asText();
        Class<?> type = Kinds.model(tree.path("apiVersion").asText(), kind);
        try {
            return new Resource(tree, StrictReader.read(tree, type));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    kind + " " + tree.at("/metadata/name").asText() + ": " + e.getMessage(), e);
        }
    }

    String kind() {
        return tree.path("kind").asText();
    }

    String name() {
        return tree.at("/metadata/name").asText();
    }

    String namespace() {
        return tree.at("/metadata/namespace").asText();
    }

    boolean is(String kind, String name) {
        return kind().equals(kind) && name().equals(name);
    }
}
