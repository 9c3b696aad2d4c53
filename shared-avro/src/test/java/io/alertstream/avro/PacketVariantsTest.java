package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

/** Packets of future schema versions, and packets that are too large. */
class PacketVariantsTest {

    private static final Schema LATEST = SchemaCatalog.bundled().latest().schema();

    @Test
    void aPacketOfTheNextMinorVersionDecodesWithItsSchema() {
        NextSchema next = NextSchema.minor(TestAlerts.SCHEMA);
        Schema schema = SchemaParser.STRICT.parse(next.schema());
        byte[] packet = WireFormat.write(9000, Avro.encode(TestAlerts.SCHEMA, TestAlerts.alert(7, 10)));
        byte[] longer = next.packet(9001, packet);

        assertThat(schema.getFullName()).isEqualTo("lsst.v90_1.alert");
        assertThat(WireFormat.schemaId(longer)).isEqualTo(9001);
        GenericRecord alert = AlertDecoder.of(schema).decode(longer);
        assertThat(alert.get("diaSourceId")).isEqualTo(7L);
        assertThat(alert.get("addedBySimulation")).isNull();
        assertThatThrownBy(() -> AlertDecoder.of(TestAlerts.SCHEMA).decode(longer))
                .isInstanceOf(NotAnAlertException.class);
    }

    @Test
    void theNextMajorVersionCantReadAlertsOfThePreviousOne() {
        NextSchema next = NextSchema.major(TestAlerts.SCHEMA);
        Schema schema = SchemaParser.STRICT.parse(next.schema());
        byte[] packet = WireFormat.write(9000, Avro.encode(TestAlerts.SCHEMA, TestAlerts.alert(7, 10)));

        assertThat(schema.getFullName()).isEqualTo("lsst.v91_0.alert");
        assertThat(AlertDecoder.of(schema).decode(next.packet(9100, packet)).get("addedBySimulation"))
                .isEqualTo(1);
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(schema, TestAlerts.SCHEMA)
                        .getType())
                .isEqualTo(SchemaCompatibility.SchemaCompatibilityType.INCOMPATIBLE);
    }

    @Test
    void allRecordsOfTheNextSchemaHaveTheNextVersion() {
        String next = NextSchema.minor(LATEST).schema();
        assertThat(next).contains("lsst.v11_2.alert", "lsst.v11_2.diaSource").doesNotContain("v11_1");
        assertThat(NextSchema.major(LATEST).schema())
                .contains("lsst.v12_0.alert")
                .doesNotContain("v11");
    }

    @Test
    void aSchemaWithoutAVersionKeepsItsName() {
        Schema schema = Avro.EVERYTHING;
        assertThat(SchemaParser.STRICT.parse(NextSchema.minor(schema).schema()).getFullName())
                .isEqualTo("test.alert");
    }

    @Test
    void aPaddedPacketIsTheSameAlertWithALargerCutout() {
        PacketPadding padding = PacketPadding.of(TestAlerts.SCHEMA);
        byte[] packet = WireFormat.write(9000, Avro.encode(TestAlerts.SCHEMA, TestAlerts.alert(7, 10)));
        byte[] padded = padding.pad(packet, 1 << 20);
        GenericRecord before = AlertDecoder.of(TestAlerts.SCHEMA).decode(packet);
        GenericRecord after = AlertDecoder.of(TestAlerts.SCHEMA).decode(padded);
        ByteBuffer cutout = (ByteBuffer) after.get("cutout");

        assertThat(padded.length).isBetween(1 << 20, (1 << 20) + 11);
        assertThat(cutout.slice(0, 10)).isEqualTo(before.get("cutout"));
        after.put("cutout", before.get("cutout"));
        assertThat(after).isEqualTo(before);
        assertThat(padding.pad(packet, 5)).isEqualTo(packet);
    }

    @Test
    void anAlertWithoutItsLastCutoutGetsOne() {
        GenericRecord alert = TestAlerts.alert(7, 10);
        alert.put("cutout", null);
        byte[] packet = WireFormat.write(9000, Avro.encode(TestAlerts.SCHEMA, alert));
        byte[] padded = PacketPadding.of(TestAlerts.SCHEMA).pad(packet, 1000);

        assertThat(AlertDecoder.of(TestAlerts.SCHEMA).decode(padded).get("cutout"))
                .isInstanceOf(ByteBuffer.class);
    }

    @Test
    void aSchemaThatDoesNotEndWithBytesIsRefused() {
        assertThatThrownBy(() -> PacketPadding.of(Avro.EVERYTHING))
                .isInstanceOf(NotAnAlertException.class)
                .hasMessageContaining("to be bytes");
    }
}
