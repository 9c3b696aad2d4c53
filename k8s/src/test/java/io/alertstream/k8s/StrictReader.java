package io.alertstream.k8s;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.strimzi.crdgenerator.annotations.PresentInVersions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads YAML into typed models and refuses what the models don't have: unknown fields, fields that version v1 of
 * Strimzi's API doesn't have, and any other value that the model loses (such as an unknown enum constant).
 */
final class StrictReader {

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final ObjectMapper TYPES = JsonMapper.builder()
            .annotationIntrospector(new NothingExtra())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
            .build();

    /** Models keep unknown fields in an "any" map: without its setter, Jackson refuses them again. */
    private static final class NothingExtra extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }

        @Override
        public boolean hasIgnoreMarker(AnnotatedMember member) {
            PresentInVersions present = member.getAnnotation(PresentInVersions.class);
            return super.hasIgnoreMarker(member) || (present != null && !inV1(present.value()));
        }

        /** Also writes values equal to their defaults, so that the comparison below is complete. */
        @Override
        public JsonInclude.Value findPropertyInclusion(Annotated annotated) {
            return JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS);
        }

        private static boolean inV1(String versions) {
            return versions.equals("all")
                    || versions.equals("v1")
                    || versions.endsWith("-v1")
                    || versions.endsWith("+");
        }
    }

    private StrictReader() {}

    /** The documents of a YAML text, without the empty ones. */
    static List<ObjectNode> documents(String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            List<ObjectNode> found = new ArrayList<>();
            documents.forEachRemaining(document -> {
                if (document instanceof ObjectNode object) {
                    found.add(object);
                }
            });
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a tree into a model.
     *
     * @throws IllegalArgumentException naming the field that the model doesn't have or doesn't keep
     */
    static <T> T read(ObjectNode tree, Class<T> type) {
        T model = TYPES.convertValue(tree, type);
        // Strimzi's classes report the version that they were built for, not the one read; Kinds has checked it.
        ObjectNode given = tree.deepCopy();
        given.remove(List.of("apiVersion", "kind"));
        lost("", given, TYPES.valueToTree(model)).ifPresent(lost -> {
            throw new IllegalArgumentException(type.getSimpleName() + " " + lost);
        });
        return model;
    }

    /** The first value that the one tree has and the other doesn't. Empty objects and lists may be left out. */
    private static Optional<String> lost(String path, JsonNode given, JsonNode kept) {
        if (given.isObject()) {
            return given.properties().stream()
                    .flatMap(field ->
                            lost(path + "/" + field.getKey(), field.getValue(), kept.path(field.getKey())).stream())
                    .findFirst();
        }
        if (given.isArray()) {
            return IntStream.range(0, given.size())
                    .boxed()
                    .flatMap(i -> lost(path + "/" + i, given.get(i), kept.path(i)).stream())
                    .findFirst();
        }
        boolean same = (given.isNumber() && kept.isNumber())
                ? given.doubleValue() == kept.doubleValue()
                : given.asText().equals(kept.asText());
        return same ? Optional.empty() : Optional.of(path + ": " + given + " is read as " + kept);
    }
}
