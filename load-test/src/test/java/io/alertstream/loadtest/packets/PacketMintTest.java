package io.alertstream.loadtest.packets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertIdReader;
import io.alertstream.avro.AlertSourceException;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.WireFormat;
import io.alertstream.avro.sample.SampleVisit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketMintTest {

    @TempDir
    Path temp;

    @Test
    void packetsAreAlertsWithNewIds() throws IOException {
        PacketMint mint = mint(Optional.empty());
        AlertIdReader ids = AlertIdReader.of(SampleVisit.of(1).schema());
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            PacketMint.Minted alert = mint.next();
            assertThat(WireFormat.schemaId(alert.packet())).isEqualTo(1101);
            assertThat(ids.read(alert.packet(), WireFormat.HEADER_BYTES)).isEqualTo(alert.id());
            assertThat(AlertIds.read(alert.packet())).isEqualTo(alert.id());
            assertThat(seen.add(alert.id())).isTrue();
        }
        PacketMint.Minted alert = mint.next();
        GenericRecord record = decode(alert.packet());
        assertThat(record.get("diaSourceId")).isEqualTo(alert.id());
        assertThat(((GenericRecord) record.get("diaSource")).get("diaSourceId")).isEqualTo(alert.id());
    }

    @Test
    void runsShareNoIdsWithEachOtherOrTheSample() {
        long first = mint(Optional.empty()).next().id();
        long atTheSameTime = mint(Optional.empty()).next().id();
        assertThat(Math.abs(atTheSameTime - first)).as("alerts of a run").isGreaterThan(1_000_000);
        assertThat(first).isBetween(1L << 61, (1L << 62) - 1).isGreaterThan(sample().id());
    }

    @Test
    void aFileWithoutAlertsIsRefused() throws IOException {
        Path file = temp.resolve("empty.avro");
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>())) {
            writer.create(SampleVisit.of(1).schema(), file.toFile());
        }
        assertThatThrownBy(() -> mint(Optional.of(file)))
                .isInstanceOf(AlertSourceException.class)
                .hasMessageContainingAll("expected alerts in", "empty.avro", "found none");
    }

    @Test
    void aTemplateChangesOnlyTheId() {
        Alert alert = sample();
        PacketTemplate template = new PacketTemplate(alert.id(), alert.packet());
        assertThat(template.with(alert.id())).isEqualTo(alert.packet());
        assertThat(template.with(5)).hasSizeLessThan(alert.packet().length);
    }

    @Test
    void idsAreReadAsTheyAreWritten() {
        for (long id : new long[] {0, 1, 63, 64, 8_191, 1L << 40, 1L << 61, Long.MAX_VALUE, -1}) {
            assertThat(AlertIds.read(WireFormat.write(1, AlertIds.encode(id)))).isEqualTo(id);
        }
    }

    @Test
    void aPacketThatIsNotAnAlertIsRefused() {
        assertThatThrownBy(() -> AlertIds.read(new byte[] {0, 0, 0, 0, 1, (byte) 0x80}))
                .isInstanceOf(NotAnAlertException.class);
        assertThatThrownBy(() -> new PacketTemplate(1, WireFormat.write(1, AlertIds.encode(2))))
                .isInstanceOf(NotAnAlertException.class);
    }

    private static PacketMint mint(Optional<Path> file) {
        return PacketMint.of(file, Optional.empty());
    }

    private static Alert sample() {
        SampleVisit visit = SampleVisit.of(1);
        try (AlertStream alerts = visit.open(visit.schema(), 1101)) {
            return alerts.next();
        }
    }

    private static GenericRecord decode(byte[] packet) throws IOException {
        int header = WireFormat.HEADER_BYTES;
        return new GenericDatumReader<GenericRecord>(SampleVisit.of(1).schema())
                .read(null, DecoderFactory.get().binaryDecoder(packet, header, packet.length - header, null));
    }
}
