package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

class BundledSchemasTest {

    private static final SchemaVersion V11 = new SchemaVersion(11, 0);

    private final AlertSchema v11 = SchemaCatalog.bundled().get(V11).orElseThrow();

    @Test
    void v11IsTheOneThatTheSurveyPublishes() throws Exception {
        assertThat(v11.crc64()).isEqualTo("2b4e3549e664e4ef");
        byte[] canonical = v11.canonicalForm().getBytes(StandardCharsets.UTF_8);
        assertThat(canonical).hasSize(14_404);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical)))
                .isEqualTo("9c2dfb211e03b51c3b64fe4105b6dd02aaa9c630ce788656c8cc9a155d468314");
    }

    @Test
    void v11HasTheDefaultsAndLogicalTypesOfThePublishedOne() {
        // The canonical form knows neither; both matter to readers of older alerts.
        AlertSchema published =
                SchemaCatalog.read(SharedData.path("schemas")).get(V11).orElseThrow();
        assertThat(withoutRemarks(v11.schema())).isEqualTo(withoutRemarks(published.schema()));
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(v11.schema(), published.schema())
                        .getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @Test
    void everyRecordAndFieldIsExplained() {
        records(v11.schema(), new IdentityHashMap<>()).forEach(type -> {
            assertThat(type.getDoc()).as(type.getName()).isNotBlank();
            assertThat(type.getFields())
                    .allSatisfy(
                            field -> assertThat(field.doc()).as(field.name()).isNotBlank());
        });
    }

    @Test
    void latestIsV11WithTheIdOfThePublishedRegistry() {
        assertThat(SchemaCatalog.bundled().latest().version()).isEqualTo(V11);
        assertThat(v11.id()).isEqualTo(1100);
        assertThat(v11.schema().getNamespace()).isEqualTo("lsst.v11_0");
    }

    @Test
    void theIndexListsEverySchemaFile() throws Exception {
        Path schemas = Path.of("src/main/resources/schemas");
        try (Stream<Path> files = Files.walk(schemas)) {
            assertThat(Files.readAllLines(schemas.resolve("index.txt")))
                    .containsExactlyElementsOf(files.filter(
                                    file -> file.toString().endsWith(".avsc"))
                            .map(file -> schemas.relativize(file).toString().replace('\\', '/'))
                            .sorted()
                            .toList());
        }
    }

    private static String withoutRemarks(Schema schema) {
        return schema.toString().replaceAll(",\"(doc|confluent:version)\":(\"(?:[^\"\\\\]|\\\\.)*\"|\\d+)", "");
    }

    private static Stream<Schema> records(Schema schema, Map<Schema, Boolean> seen) {
        return switch (schema.getType()) {
            case RECORD ->
                seen.put(schema, true) != null
                        ? Stream.of()
                        : Stream.concat(
                                Stream.of(schema),
                                schema.getFields().stream().flatMap(field -> records(field.schema(), seen)));
            case UNION -> schema.getTypes().stream().flatMap(type -> records(type, seen));
            case ARRAY -> records(schema.getElementType(), seen);
            default -> Stream.of();
        };
    }
}
