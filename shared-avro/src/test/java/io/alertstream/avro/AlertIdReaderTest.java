package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.avro.profile.AlertProfile;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;

class AlertIdReaderTest {

    private static final int SEED = 4711;

    @Test
    void readsTheIdOfARealPacket() throws Exception {
        byte[] packet = Files.readAllBytes(SharedData.path("packets/lsst-v9_0-diaSourceId-7912941781254298.wire"));
        Schema v9 = SchemaCatalog.read(SharedData.path("schemas"))
                .get(new SchemaVersion(9, 0))
                .orElseThrow()
                .schema();
        assertThat(AlertIdReader.of(v9).read(packet, WireFormat.HEADER_BYTES)).isEqualTo(7912941781254298L);
    }

    @Test
    void findsTheIdAfterFieldsOfEveryType() {
        AlertIdReader reader = AlertIdReader.of(Avro.EVERYTHING);
        for (Object datum : new RandomData(Avro.EVERYTHING, 200, SEED)) {
            long id = (long) ((GenericRecord) datum).get("alertId");
            assertThat(reader.read(WireFormat.write(1, Avro.encode(Avro.EVERYTHING, datum)), 5))
                    .isEqualTo(id);
            assertThat(reader.read(Avro.encodeInBlocks(Avro.EVERYTHING, datum), 0))
                    .isEqualTo(id);
        }
    }

    @Test
    void readsNothingAfterTheId() {
        byte[] idAndRubbish = Avro.join(Avro.number(42), new byte[] {-1, -1, -1});
        Schema schema =
                record("{\"name\": \"diaSourceId\", \"type\": \"long\"}, {\"name\": \"rest\", \"type\": \"string\"}");
        assertThat(AlertIdReader.of(schema).read(idAndRubbish, 0)).isEqualTo(42);
    }

    @Test
    void alertIdOfOlderSchemasIsReadAndTheFirstOfTheTwoCounts() {
        assertThat(AlertIdReader.of(record("{\"name\": \"alertId\", \"type\": \"int\"}"))
                        .read(Avro.number(7), 0))
                .isEqualTo(7);
        Schema both =
                record("{\"name\": \"alertId\", \"type\": \"long\"}, {\"name\": \"diaSourceId\", \"type\": \"long\"}");
        assertThat(AlertIdReader.of(both).read(Avro.join(Avro.number(1), Avro.number(2)), 0))
                .isEqualTo(1);
    }

    @Test
    void anIdInAUnionIsReadUnlessItIsNull() {
        AlertIdReader reader = AlertIdReader.of(record("{\"name\": \"diaSourceId\", \"type\": [\"null\", \"long\"]}"));
        assertThat(reader.read(Avro.join(Avro.number(1), Avro.number(9)), 0)).isEqualTo(9);
        assertThatThrownBy(() -> reader.read(Avro.number(0), 0))
                .isInstanceOf(NotAnAlertException.class)
                .hasMessage("expected a value of diaSourceId, got null");
    }

    @Test
    void extremeIdsAreRead() {
        AlertIdReader reader = AlertIdReader.of(record("{\"name\": \"diaSourceId\", \"type\": \"long\"}"));
        for (long id : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(reader.read(Avro.number(id), 0)).isEqualTo(id);
        }
    }

    @Test
    void aSchemaWithoutAnIdIsRefused() {
        assertThatThrownBy(() -> AlertIdReader.of(record("{\"name\": \"x\", \"type\": \"long\"}")))
                .isInstanceOf(NotAnAlertException.class)
                .hasMessage(
                        "expected a field diaSourceId or alertId in the record test.alert, which has [x]; ALERT_ID_FIELD names another field");
        assertThatThrownBy(() -> AlertIdReader.of(record("{\"name\": \"alertId\", \"type\": \"string\"}")))
                .isInstanceOf(NotAnAlertException.class)
                .hasMessageContaining("expected the field alertId of test.alert to be of type [INT, LONG]");
        assertThatThrownBy(() -> AlertIdReader.of(Schema.create(Schema.Type.LONG)))
                .isInstanceOf(NotAnAlertException.class)
                .hasMessageContaining("expected the schema of a record");
    }

    @Test
    void brokenPacketsCauseNothingButARefusal() {
        AlertIdReader reader = AlertIdReader.of(Avro.EVERYTHING);
        Random random = new Random(SEED);
        int refused = 0;
        for (Object datum : new RandomData(Avro.EVERYTHING, 200, SEED)) {
            byte[] whole = Avro.encode(Avro.EVERYTHING, datum);
            for (int i = 0; i < 100; i++) {
                byte[] broken = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
                for (int changes = broken.length == 0 ? 0 : random.nextInt(4); changes > 0; changes--) {
                    broken[random.nextInt(broken.length)] = (byte) random.nextInt();
                }
                try {
                    reader.read(broken, 0);
                } catch (NotAnAlertException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }

    @Test
    void aPacketThatEndsBeforeTheAlertIsRefused() {
        AlertIdReader reader = AlertIdReader.of(Avro.EVERYTHING);
        assertThatThrownBy(() -> reader.read(new byte[3], 5))
                .isInstanceOf(NotAnAlertException.class)
                .hasMessage("expected an alert at byte 5, but there are only 3");
        assertThatThrownBy(() -> reader.read(new byte[5], 5)).isInstanceOf(NotAnAlertException.class);
    }

    private static Schema record(String fields) {
        return new Schema.Parser()
                .parse("{\"type\": \"record\", \"name\": \"alert\", \"namespace\": \"test\", \"fields\": [" + fields
                        + "]}");
    }

    @Test
    void anotherSurveysIdIsFoundByItsProfile() {
        Schema schema = record("""
                {"name": "objectId", "type": "string"},
                {"name": "candidate", "type": {"type": "record", "name": "c", "fields": [
                  {"name": "jd", "type": "double"}, {"name": "candid", "type": "long"}]}},
                {"name": "candid", "type": "long"}""");
        byte[] alert = Avro.join(Avro.number(1), new byte[] {'x'}, new byte[8], Avro.number(7), Avro.number(8));

        assertThatThrownBy(() -> AlertIdReader.of(schema)).hasMessageContaining("ALERT_ID_FIELD");
        assertThat(AlertIdReader.of(schema, AlertProfile.bundled("ztf")).read(alert, 0))
                .isEqualTo(8);
        assertThat(AlertIdReader.of(schema, AlertProfile.lsst().withId("candidate.candid"))
                        .read(alert, 0))
                .isEqualTo(7);
        assertThatThrownBy(() -> AlertIdReader.of(schema, AlertProfile.lsst().withId("candidate.x")))
                .isInstanceOf(NotAnAlertException.class);
    }
}
