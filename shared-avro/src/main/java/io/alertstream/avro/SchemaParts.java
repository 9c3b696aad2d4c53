package io.alertstream.avro;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The named types of a set of schema files, assembled into whole schemas. Avro's parser wants every type defined before
 * it is used, and doesn't say where an undefined type is used. So each definition replaces the first use of its name
 * here, and Avro gets one document with all types in it.
 */
final class SchemaParts {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private static final String TOP_RECORD = "alert";
    private static final Set<String> NAMED = Set.of("record", "error", "enum", "fixed");
    private static final Set<String> UNNAMED =
            Set.of("array", "map", "null", "boolean", "int", "long", "float", "double", "bytes", "string");
    /** The keys of a definition that hold a type, or a list of types or fields. */
    private static final List<String> TYPE_KEYS = List.of("type", "items", "values", "fields");

    private final String origin;
    private final Map<String, Part> parts = new LinkedHashMap<>();

    /** A named type and the file that defines it. */
    private record Part(String file, String namespace, ObjectNode definition) {}

    /**
     * Creates an empty set.
     *
     * @param origin where the files come from, for messages
     */
    SchemaParts(String origin) {
        this.origin = origin;
    }

    String origin() {
        return origin;
    }

    void add(String file, byte[] document) {
        try {
            collect(file, "", JSON.readTree(document));
        } catch (JacksonException e) {
            JsonLocation at = e.getLocation();
            throw new SchemaCatalogException(
                    "expected JSON in %s of %s: %s%s"
                            .formatted(
                                    file,
                                    origin,
                                    e.getOriginalMessage(),
                                    at == null ? "" : " (line %d)".formatted(at.getLineNr())),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Collects the named types in a document, including nested ones. */
    private void collect(String file, String namespace, JsonNode node) {
        String inner = namespace;
        if (isNamed(node)) {
            String name =
                    fullName(node.path("name").asText(), node.path("namespace").asText(namespace));
            inner = namespaceOf(name);
            Part other = parts.putIfAbsent(name, new Part(file, inner, (ObjectNode) node));
            if (other != null) {
                throw new SchemaCatalogException(
                        "type %s is defined twice in %s: in %s and in %s".formatted(name, origin, other.file(), file));
            }
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                collect(file, inner, element);
            }
        } else {
            for (String key : TYPE_KEYS) {
                if (node.path(key).isContainerNode()) {
                    collect(file, inner, node.path(key));
                }
            }
        }
    }

    /** The complete alert schemas, at least one. */
    List<AlertSchema> alerts() {
        if (parts.isEmpty()) {
            throw new SchemaCatalogException("expected schemas in *.avsc files in %s, found none".formatted(origin));
        }
        parts.forEach((name, part) -> {
            if (!parts.containsKey(fullName(TOP_RECORD, part.namespace()))) {
                throw new SchemaCatalogException(
                        "%s in %s defines %s, but no file there defines %s, which it would be part of"
                                .formatted(part.file(), origin, name, fullName(TOP_RECORD, part.namespace())));
            }
        });
        return parts.keySet().stream()
                .filter(name -> name.equals(fullName(TOP_RECORD, namespaceOf(name))))
                .map(this::alert)
                .toList();
    }

    private AlertSchema alert(String name) {
        Part top = parts.get(name);
        SchemaVersion version = SchemaVersion.ofNamespace(top.namespace())
                .orElseThrow(() -> new SchemaCatalogException(
                        "expected a namespace with the version, such as lsst.v11_0, in %s of %s, found \"%s\""
                                .formatted(top.file(), origin, top.namespace())));
        String document =
                expand(new TextNode(name), "", top.file(), new HashSet<>()).toString();
        try {
            return new AlertSchema(version, SchemaParser.STRICT.parse(document));
        } catch (InvalidSchemaException e) {
            throw new SchemaCatalogException(
                    "schema %s of %s isn't a valid Avro schema: %s".formatted(name, origin, e.getMessage()), e);
        }
    }

    /** A copy of a type in which each name not yet {@code seen} is replaced by its definition. */
    private JsonNode expand(JsonNode node, String namespace, String file, Set<String> seen) {
        if (node.isTextual()) {
            return UNNAMED.contains(node.asText()) || NAMED.contains(node.asText())
                    ? node
                    : reference(fullName(node.asText(), namespace), file, seen);
        }
        if (node.isArray()) {
            ArrayNode copy = JSON.createArrayNode();
            node.forEach(element -> copy.add(expand(element, namespace, file, seen)));
            return copy;
        }
        if (isNamed(node)) {
            String name =
                    fullName(node.path("name").asText(), node.path("namespace").asText(namespace));
            return reference(name, file, seen);
        }
        return expandTypes(node, namespace, file, seen);
    }

    private JsonNode reference(String name, String file, Set<String> seen) {
        Part part = parts.get(name);
        if (part == null) {
            throw new SchemaCatalogException(
                    "%s refers to the type %s, which no file in %s defines".formatted(file, name, origin));
        }
        if (!seen.add(name)) {
            return new TextNode(name);
        }
        JsonNode copy = expandTypes(part.definition(), part.namespace(), part.file(), seen);
        // The definition has moved, so the namespace that it inherited before has to be explicit.
        return ((ObjectNode) copy).put("name", name).put("namespace", part.namespace());
    }

    private JsonNode expandTypes(JsonNode node, String namespace, String file, Set<String> seen) {
        if (!node.isObject()) {
            return node; // not a type: Avro's parser reports it
        }
        ObjectNode copy = ((ObjectNode) node).objectNode().setAll((ObjectNode) node);
        for (String key : TYPE_KEYS) {
            if (copy.has(key)) {
                copy.set(key, expand(copy.get(key), namespace, file, seen));
            }
        }
        return copy;
    }

    private static boolean isNamed(JsonNode node) {
        return NAMED.contains(node.path("type").asText());
    }

    private static String fullName(String name, String namespace) {
        return name.indexOf('.') >= 0 || namespace.isEmpty() ? name : namespace + "." + name;
    }

    private static String namespaceOf(String fullName) {
        return fullName.substring(0, Math.max(0, fullName.lastIndexOf('.')));
    }
}
