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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundledSchemasTest {

    private final SchemaCatalog bundled = SchemaCatalog.bundled();

    @ParameterizedTest
    @CsvSource({
        "11.0, 2b4e3549e664e4ef, 9c2dfb211e03b51c3b64fe4105b6dd02aaa9c630ce788656c8cc9a155d468314",
        "11.1, 0cd7c3c16b8160a9, 9aa444ad610374fc167b7f7124a77f58b2d7d819a13b1b6d01cb1e265c783f27"
    })
    void eachVersionIsThePublishedOne(String version, String crc64, String sha256) throws Exception {
        AlertSchema schema = get(bundled, version);
        assertThat(AlertSchema.crc64(schema.schema())).isEqualTo(crc64);
        byte[] canonical = schema.canonicalForm().getBytes(StandardCharsets.UTF_8);
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical)))
                .isEqualTo(sha256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"11.0", "11.1"})
    void eachVersionHasThePublishedDefaultsAndLogicalTypes(String version) {
        // The canonical form has neither; both matter to readers of older alerts.
        Schema ours = get(bundled, version).schema();
        Schema published =
                get(SchemaCatalog.read(SharedData.path("schemas-all")), version).schema();
        assertThat(withoutRemarks(ours)).isEqualTo(withoutRemarks(published));
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(ours, published)
                        .getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @Test
    void aReaderOf11Dot1ReadsAlertsOf11Dot0() {
        Schema reader = get(bundled, "11.1").schema();
        Schema writer = get(bundled, "11.0").schema();
        // Avro compares full names, and the survey puts the version into each record's namespace.
        Schema renamed = new Schema.Parser().parse(writer.toString().replace("lsst.v11_0", "lsst.v11_1"));
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, renamed)
                        .getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    @Test
    void everyRecordAndFieldIsDocumented() {
        for (AlertSchema schema : bundled.schemas()) {
            records(schema.schema(), new IdentityHashMap<>()).forEach(type -> {
                assertThat(type.getDoc()).as(type.getFullName()).isNotBlank();
                assertThat(type.getFields())
                        .allSatisfy(field ->
                                assertThat(field.doc()).as(field.name()).isNotBlank());
            });
        }
    }

    @Test
    void theLatestVersionIsThatOfTheSurveysRegistry() {
        AlertSchema latest = bundled.latest();
        assertThat(latest.version()).hasToString("11.1");
        assertThat(latest.id()).isEqualTo(1101);
        assertThat(latest.schema().getNamespace()).isEqualTo("lsst.v11_1");
        assertThat(bundled.schemas()).extracting(AlertSchema::id).containsExactly(1100, 1101);
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

    private static AlertSchema get(SchemaCatalog catalog, String version) {
        return catalog.get(SchemaVersion.parse(version)).orElseThrow();
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
