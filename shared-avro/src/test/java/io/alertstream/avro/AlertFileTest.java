package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertFileTest {

    private static final int ALERTS = 300;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
    void alertsInTheTargetSchemaAreUnchanged(String codec) throws IOException {
        List<GenericRecord> written = TestAlerts.alerts(ALERTS, 1000);
        AlertFile file = AlertFile.open(write(codec, written));

        List<Alert> alerts = all(file.open(TestAlerts.SCHEMA, 9000));

        assertThat(alerts).extracting(Alert::id).containsExactlyElementsOf(ids(written));
        for (int i = 0; i < ALERTS; i++) {
            byte[] avro = Avro.encode(TestAlerts.SCHEMA, written.get(i));
            assertThat(alerts.get(i).packet()).isEqualTo(WireFormat.write(9000, avro));
            assertThat(alerts.get(i).mjdTai()).isCloseTo(TestAlerts.FIRST_MJD_TAI + i / 86_400.0, offset(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
    void checkCountsAlertsAndBytesAndFindsTheEarliest(String codec) throws IOException {
        List<GenericRecord> latestFirst = new ArrayList<>(TestAlerts.alerts(ALERTS, 1000));
        Collections.reverse(latestFirst);
        long bytes = latestFirst.stream()
                .mapToLong(alert -> Avro.encode(TestAlerts.SCHEMA, alert).length)
                .sum();

        assertThat(AlertFile.open(write(codec, latestFirst)).check())
                .isEqualTo(new AlertSource.Contents(
                        ALERTS, bytes, TestAlerts.FIRST_MJD_TAI, TestAlerts.FIRST_MJD_TAI + (ALERTS - 1) / 86_400.0));
    }

    @Test
    void aCheckCanBeCancelled() throws IOException {
        AlertFile file = AlertFile.open(write("null", TestAlerts.alerts(ALERTS, 10)));
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> file.check(() -> asked.incrementAndGet() == 5))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("after 5 alerts");
    }

    @Test
    void aFileCanBeReadRepeatedly() throws IOException {
        AlertFile file = AlertFile.open(write("snappy", TestAlerts.alerts(3, 10)));
        assertThat(all(file.open(TestAlerts.SCHEMA, 1))).hasSize(3);
        assertThat(all(file.open(TestAlerts.SCHEMA, 1))).hasSize(3);
        try (AlertStream alerts = file.open(TestAlerts.SCHEMA, 1)) {
            assertThat(alerts.next().id()).isEqualTo(1);
        }
    }

    @Test
    void nothingFollowsTheLastAlert() throws IOException {
        try (AlertStream alerts =
                AlertFile.open(write("null", TestAlerts.alerts(1, 10))).open(TestAlerts.SCHEMA, 1)) {
            assertThat(alerts.hasNext()).isTrue();
            alerts.next();
            assertThat(alerts.hasNext()).isFalse();
            assertThatThrownBy(alerts::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void theRealPacketIsReadUnchanged() throws IOException {
        byte[] packet = Files.readAllBytes(SharedData.path("packets/lsst-v9_0-diaSourceId-7912941781254298.wire"));
        AlertSchema v9 = SchemaCatalog.read(SharedData.path("schemas"))
                .get(new SchemaVersion(9, 0))
                .orElseThrow();
        AlertFile file = AlertFile.open(inFile(packet, v9.schema()));

        assertThat(file.check().alerts()).isEqualTo(1);
        Alert alert = all(file.open(v9.schema(), v9.id())).get(0);
        assertThat(alert.id()).isEqualTo(7912941781254298L);
        assertThat(alert.mjdTai()).isBetween(60_900.0, 61_100.0);
        assertThat(alert.packet()).isEqualTo(packet);
    }

    @Test
    void theV11SampleIsReadWithTheBundledSchema() throws IOException {
        AlertFile file = AlertFile.open(SharedData.path("packets/lsst-v11_0-sample.avro"));
        AlertSchema v11 = SchemaCatalog.bundled().get(new SchemaVersion(11, 0)).orElseThrow();
        assertThat(file.check().alerts()).isEqualTo(1);
        Alert alert = all(file.open(v11.schema(), v11.id())).get(0);
        assertThat(AlertIdReader.of(v11.schema()).read(alert.packet(), WireFormat.HEADER_BYTES))
                .isEqualTo(alert.id());
    }

    @Test
    void withoutATimeFieldEveryAlertIsAtZero() throws IOException {
        Schema schema = TestAlerts.schema(
                "{\"type\": \"record\", \"name\": \"alert\", \"fields\": [{\"name\": \"alertId\", \"type\": \"long\"}]}");
        GenericRecord alert =
                new GenericRecordBuilder(schema).set("alertId", 5L).build();
        AlertFile file =
                AlertFile.open(TestAlerts.write(directory.resolve("old.avro"), "null", schema, List.of(alert, alert)));
        assertThat(file.check().firstMjdTai()).isZero();
        assertThat(all(file.open(schema, 1))).extracting(Alert::mjdTai).containsExactly(0.0, 0.0);
    }

    @Test
    void theTimeOfOlderSchemasIsFoundUnderItsOldName() throws IOException {
        Schema schema = TestAlerts.schema("""
                {"type": "record", "name": "alert", "fields": [
                  {"name": "alertId", "type": "long"},
                  {"name": "diaSource", "type": {"type": "record", "name": "diaSource", "fields": [
                    {"name": "midPointTai", "type": "double"}]}}]}
                """);
        GenericRecord source = new GenericRecordBuilder(
                        schema.getField("diaSource").schema())
                .set("midPointTai", 59_000.5)
                .build();
        GenericRecord alert = new GenericRecordBuilder(schema)
                .set("alertId", 5L)
                .set("diaSource", source)
                .build();
        Path file = TestAlerts.write(directory.resolve("v5.avro"), "null", schema, List.of(alert));
        assertThat(AlertFile.open(file).check().firstMjdTai()).isEqualTo(59_000.5);
    }

    private Path write(String codec, Iterable<?> alerts) throws IOException {
        return TestAlerts.write(directory.resolve("alerts.avro"), codec, TestAlerts.SCHEMA, alerts);
    }

    private Path inFile(byte[] packet, Schema schema) throws IOException {
        Path file = directory.resolve("real.avro");
        try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
            writer.create(schema, file.toFile());
            writer.appendEncoded(
                    ByteBuffer.wrap(packet, WireFormat.HEADER_BYTES, packet.length - WireFormat.HEADER_BYTES)
                            .slice());
        }
        return file;
    }

    private static List<Long> ids(List<GenericRecord> alerts) {
        return alerts.stream().map(alert -> (Long) alert.get("diaSourceId")).toList();
    }

    private static List<Alert> all(AlertStream stream) {
        try (stream) {
            List<Alert> alerts = new ArrayList<>();
            stream.forEachRemaining(alerts::add);
            return alerts;
        }
    }
}
