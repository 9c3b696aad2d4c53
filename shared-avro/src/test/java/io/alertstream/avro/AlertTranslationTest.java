package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alerts of one schema version, written in another. */
class AlertTranslationTest {

    /** A later {@link TestAlerts#SCHEMA}: another namespace, order and widths, one field added, one removed. */
    private static final String LATER = """
            {"type": "record", "name": "alert", "namespace": "lsst.v91_0", "fields": [
              {"name": "cutout", "type": ["null", "bytes"], "default": null},
              {"name": "diaSourceId", "type": "long"},
              {"name": "reason", "type": "string", "default": "unknown"},
              {"name": "prvDiaSources", "type": ["null", {"type": "array", "items": {
                "type": "record", "name": "diaSource", "fields": [
                  {"name": "midpointMjdTai", "type": "double"},
                  {"name": "nData", "type": %s}]}}], "default": null},
              {"name": "diaSource", "type": "diaSource"}]}
            """;

    @TempDir
    private Path directory;

    @Test
    void fieldsMatchByNameAndMissingOnesGetDefaults() throws IOException {
        GenericRecord written = TestAlerts.alert(2, 100);
        Schema target = TestAlerts.schema(LATER.formatted("[\"null\", \"long\"]"));

        Alert alert = first(written, target);

        assertThat(alert.id()).isEqualTo(2);
        assertThat(WireFormat.schemaId(alert.packet())).isEqualTo(9100);
        assertThat(AlertIdReader.of(target).read(alert.packet(), WireFormat.HEADER_BYTES))
                .isEqualTo(2);
        GenericRecord read = decode(target, alert.packet());
        assertThat(read.get("reason")).hasToString("unknown");
        assertThat(read.get("cutout")).isEqualTo(ByteBuffer.wrap(((ByteBuffer) written.get("cutout")).array()));
        GenericRecord source = (GenericRecord) read.get("diaSource");
        assertThat(source.get("nData")).isEqualTo(2L);
        assertThat((List<?>) read.get("prvDiaSources")).isEqualTo(List.of(source, source));
    }

    @Test
    void anUntranslatableAlertIsReportedWithFieldIdAndPosition() throws IOException {
        GenericRecord fine = TestAlerts.alert(1, 10);
        GenericRecord nullNumber = TestAlerts.alert(77, 10);
        ((GenericRecord) nullNumber.get("diaSource")).put("nData", null);
        Path file = TestAlerts.write(
                directory.resolve("a.avro"), "null", TestAlerts.SCHEMA, List.of(fine, fine, nullNumber));

        try (AlertStream alerts = AlertFile.open(file).open(TestAlerts.schema(LATER.formatted("\"int\"")), 1)) {
            alerts.next();
            alerts.next();
            assertThatThrownBy(alerts::next)
                    .isInstanceOf(AlertSourceException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("alert 3 (block at byte ")
                    .hasMessageContaining("alert id 77 can't be written in schema lsst.v91_0.alert")
                    .hasMessageEndingWith(": diaSource.nData: Found null, expecting int");
        }
    }

    @Test
    void aTargetThatRequiresMissingFieldsIsRefusedAtTheFirstAlert() {
        Schema target = TestAlerts.schema(LATER.formatted("\"int\"").replace(", \"default\": \"unknown\"", ""));
        assertThatThrownBy(() -> first(TestAlerts.alert(1, 10), target))
                .isInstanceOf(AlertSourceException.class)
                .hasMessageContaining("alert id 1 can't be written")
                .hasMessageEndingWith(
                        "Found lsst.v90_0.alert, expecting lsst.v91_0.alert, missing required field reason");
    }

    @Test
    void aMissingNestedFieldIsNamedAcrossNamespaces() {
        String schema = """
                {"type": "record", "name": "alert", "namespace": "lsst.v%s", "fields": [
                  {"name": "diaSourceId", "type": "long"},
                  {"name": "diaObject", "type": ["null", {"type": "record", "name": "diaObject", "fields": [
                    {"name": "%s", "type": "int"}]}]}]}
                """;
        Schema from = TestAlerts.schema(schema.formatted("90_0", "nData"));
        Schema to = TestAlerts.schema(schema.formatted("91_0", "nDiaSources"));
        byte[] alert = Avro.join(Avro.number(5), Avro.number(1), Avro.number(3));
        assertThatThrownBy(() -> new AlertTranslator(from, to).translate(alert, 0, alert.length))
                .isInstanceOf(NotAnAlertException.class)
                .hasMessageStartingWith("diaObject: ")
                .hasMessageEndingWith(
                        "Found lsst.v90_0.diaObject, expecting lsst.v91_0.diaObject, missing required field nDiaSources");
    }

    @Test
    void fieldsThatTheTargetLacksAreNamedOnce() {
        Schema target = TestAlerts.schema(LATER.formatted("\"int\""));

        assertThat(DroppedFields.of(TestAlerts.SCHEMA, target)).containsExactly("diaSource.band");
        assertThat(DroppedFields.of(target, TestAlerts.SCHEMA)).containsExactly("reason");
        assertThat(DroppedFields.of(target, target)).isEmpty();
    }

    @Test
    void fieldsThatTheTargetKnowsByAnAliasAreNotNamed() {
        Schema renamed = TestAlerts.schema(TestAlerts.SCHEMA
                .toString()
                .replace("\"name\":\"band\"", "\"name\":\"filter\",\"aliases\":[\"band\"]"));

        assertThat(DroppedFields.of(TestAlerts.SCHEMA, renamed)).isEmpty();
        assertThat(DroppedFields.of(renamed, TestAlerts.SCHEMA)).containsExactly("diaSource.filter");
    }

    @Test
    void recursiveRecordsAreComparedOnce() {
        String schema = """
                {"type": "record", "name": "alert", "fields": [
                  {"name": "alertId", "type": "long"},
                  {"name": "before", "type": ["null", {"type": "map", "values": "alert"}]}%s]}
                """;

        assertThat(DroppedFields.of(
                        TestAlerts.schema(schema.formatted(", {\"name\": \"note\", \"type\": \"string\"}")),
                        TestAlerts.schema(schema.formatted(""))))
                .containsExactly("note");
    }

    @Test
    void theRealV9PacketLacksFieldsThatV11Requires() throws IOException {
        byte[] packet = Files.readAllBytes(SharedData.path("packets/lsst-v9_0-diaSourceId-7912941781254298.wire"));
        Schema v9 = SchemaCatalog.read(SharedData.path("schemas"))
                .get(new SchemaVersion(9, 0))
                .orElseThrow()
                .schema();
        AlertTranslator translator =
                new AlertTranslator(v9, SchemaCatalog.bundled().latest().schema());
        assertThatThrownBy(() ->
                        translator.translate(packet, WireFormat.HEADER_BYTES, packet.length - WireFormat.HEADER_BYTES))
                .isInstanceOf(NotAnAlertException.class)
                .hasMessageContaining("diaSource.trailNdata: Found null, expecting int");
    }

    @Test
    void theV11SampleCanBeWrittenInASchemaWithAnotherNamespace() throws IOException {
        AlertSchema v11 = SchemaCatalog.bundled().get(new SchemaVersion(11, 0)).orElseThrow();
        Schema v12 = TestAlerts.schema(v11.schema().toString().replace("lsst.v11_0", "lsst.v12_0"));
        AlertFile file = AlertFile.open(SharedData.path("packets/lsst-v11_0-sample.avro"));
        try (AlertStream copied = file.open(v11.schema(), 1200);
                AlertStream translated = file.open(v12, 1200)) {
            assertThat(translated.next().packet()).isEqualTo(copied.next().packet());
        }
    }

    private Alert first(GenericRecord written, Schema target) throws IOException {
        Path file = TestAlerts.write(directory.resolve("a.avro"), "null", TestAlerts.SCHEMA, List.of(written));
        try (AlertStream alerts = AlertFile.open(file).open(target, 9100)) {
            return alerts.next();
        }
    }

    private static GenericRecord decode(Schema schema, byte[] packet) throws IOException {
        int length = packet.length - WireFormat.HEADER_BYTES;
        return new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(packet, WireFormat.HEADER_BYTES, length, null));
    }
}
