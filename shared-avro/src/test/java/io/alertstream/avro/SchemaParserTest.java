package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaParserTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MUTANTS = 1_000;

    @ParameterizedTest
    @EnumSource
    void theSurveysSchemaIsParsed(SchemaParser parser) {
        Schema schema = SchemaCatalog.bundled().latest().schema();
        assertThat(parser.parse(schema.toString())).isEqualTo(schema);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\": \"record\", \"name\": \"a\", \"fields\":"
                        + " [{\"name\": \"alertId\", \"type\": \"long\", \"order\": \"sideways\"}]}",
                "{\"type\": \"record\", \"name\": \"a\", \"fields\":"
                        + " [{\"name\": \"alertId\", \"type\": \"long\", \"order\": 5}]}",
                "{\"type\": \"fixed\", \"name\": \"f\", \"size\": 2147483647}",
                "{\"type\": \"fixed\", \"name\": \"f\", \"size\": -1}",
                "{\"type\": \"map\"}",
                "{\"type\": {\"type\": 5}}",
                "\"no type\"",
                "no JSON",
                "[]]",
                "5",
                "null",
                "",
            })
    void whateverAvrosParserThrowsBecomesOneException(String document) {
        for (SchemaParser parser : SchemaParser.values()) {
            assertThatThrownBy(() -> parser.parse(document))
                    .isInstanceOf(InvalidSchemaException.class)
                    .message()
                    .isNotBlank()
                    .doesNotContain("Exception", "java.", "null\"", "because");
        }
    }

    @Test
    void deepNestingIsRefusedBeforeAvroParsesIt() {
        assertThatCode(() -> SchemaParser.STRICT.parse(nested(SchemaParser.MAX_DEPTH)))
                .doesNotThrowAnyException();
        for (int depth : new int[] {SchemaParser.MAX_DEPTH + 1, 900, 100_000}) {
            assertThatThrownBy(() -> SchemaParser.STRICT.parse(nested(depth)))
                    .isInstanceOf(InvalidSchemaException.class)
                    .hasMessageContaining("nested too deeply");
        }
        assertThatThrownBy(() -> SchemaParser.LENIENT.parse(
                        "{\"type\": \"string\", \"x\": %s%s}".formatted("[".repeat(100_000), "]".repeat(100_000))))
                .isInstanceOf(InvalidSchemaException.class);
    }

    @Test
    void aMutatedSchemaIsParsedOrRefused() throws Exception {
        long seed = System.nanoTime();
        System.out.println("SchemaParserTest: seed " + seed);
        Random random = new Random(seed);
        JsonNode original =
                JSON.readTree(SchemaCatalog.bundled().latest().schema().toString());
        List<SchemaParser> parsers = List.of(SchemaParser.values());
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            String mutant = i % 3 == 0 ? scrambled(original.toString(), random) : mutated(original, random);
            try {
                SchemaParser parser = parsers.get(i % parsers.size());
                assertThat(parser.parse(mutant)).as("seed %d", seed).isNotNull();
            } catch (InvalidSchemaException e) {
                refused++;
            }
        }
        assertThat(refused).as("refused, of %d; seed %d", MUTANTS, seed).isBetween(MUTANTS / 10, MUTANTS - 1);
    }

    private static String nested(int depth) {
        return "{\"type\": \"array\", \"items\": ".repeat(depth) + "\"int\"" + "}".repeat(depth);
    }

    /** With some characters replaced. */
    private static String scrambled(String document, Random random) {
        StringBuilder text = new StringBuilder(document);
        for (int i = 0; i <= random.nextInt(3); i++) {
            text.setCharAt(random.nextInt(text.length()), "{}[]\":,0aZ\\\u0000".charAt(random.nextInt(12)));
        }
        return text.toString();
    }

    /** With some values replaced by others that are JSON too. */
    private static String mutated(JsonNode document, Random random) {
        JsonNode copy = document.deepCopy();
        for (int i = 0; i <= random.nextInt(3); i++) {
            List<JsonNode> containers = new ArrayList<>();
            collectContainers(copy, containers);
            JsonNode container = containers.get(random.nextInt(containers.size()));
            if (container instanceof ArrayNode array && !array.isEmpty()) {
                array.set(random.nextInt(array.size()), junk(containers, random));
            } else if (container instanceof ObjectNode object && !object.isEmpty()) {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                names.addAll(List.of("order", "aliases", "namespace", "default", "size", "symbols", "logicalType"));
                String name = names.get(random.nextInt(names.size()));
                if (random.nextInt(4) == 0) {
                    object.remove(name);
                } else {
                    object.set(name, junk(containers, random));
                }
            }
        }
        return copy.toString();
    }

    private static void collectContainers(JsonNode node, List<JsonNode> into) {
        if (node.isContainerNode()) {
            into.add(node);
            node.forEach(child -> collectContainers(child, into));
        }
    }

    private static JsonNode junk(List<JsonNode> containers, Random random) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (random.nextInt(10)) {
            case 0 -> make.nullNode();
            case 1 -> make.numberNode(random.nextInt());
            case 2 -> make.numberNode(Integer.MAX_VALUE);
            case 3 -> make.textNode("");
            case 4 ->
                make.textNode(List.of(
                                "fixed", "enum", "record", "map", "array", "union", "error", "decimal", "a..b",
                                "nothing")
                        .get(random.nextInt(10)));
            case 5 -> make.booleanNode(true);
            case 6 -> make.arrayNode();
            case 7 -> make.objectNode();
            case 8 -> make.numberNode(1e300);
            default -> containers.get(random.nextInt(containers.size())).deepCopy();
        };
    }
}
