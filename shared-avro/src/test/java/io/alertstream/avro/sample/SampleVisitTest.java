package io.alertstream.avro.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertFile;
import io.alertstream.avro.AlertSource.Contents;
import io.alertstream.avro.AlertSourceException;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.WireFormat;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleVisitTest {

    /** The hash of 100 alerts; change it only when the sample is changed on purpose. */
    private static final String PINNED = "7a7c750f95f6795b164a9ff9bd6fccb1b08b695c7edc7176cdac48116414cc2a";

    /** The same in a mature survey. */
    private static final String PINNED_MATURE = "cd0fca7b934bea944f4355d641651f9167c5fd904e49b07811785fb621768bed";

    @TempDir
    private Path dir;

    @Test
    void theSameParametersGiveTheSameBytes() {
        assertThat(sha256(DecodedSamples.of(SampleVisit.of(100)))).isEqualTo(PINNED);
        assertThat(sha256(DecodedSamples.of(SampleVisit.of(100)))).isEqualTo(PINNED);
    }

    @Test
    void anotherSeedGivesOtherBytes() {
        assertThat(sha256(DecodedSamples.of(SampleVisit.of(100).seeded(5)))).isNotEqualTo(PINNED);
    }

    @Test
    void aMatureSurveyGivesAnotherVisit() {
        SampleVisit mature = SampleVisit.of(100).with(SampleHistory.MATURE);
        assertThat(sha256(DecodedSamples.of(mature))).isEqualTo(PINNED_MATURE);
        assertThat((double) mature.check().bytes()).isCloseTo(bytes(DecodedSamples.of(mature)), withinPercentage(10));
    }

    @Test
    void aSchemaWithTheSameFingerprintIsDistinguished() {
        SampleVisit sample = SampleVisit.of(1);
        Schema forged = new Schema.Parser().parse("""
                {"type": "record",
                 "name": "oTHerScHemaOfTHEsameCHEcKsuMOThERschemAOFthEsAmEChECKsumotHeRscHemaofthesamechec",
                 "fields": [{"name": "diaSourceId", "type": "long"}]}
                """);
        assertThat(SchemaNormalization.parsingFingerprint64(forged))
                .as("CRC-64-AVRO, which the name was constructed to match")
                .isEqualTo(SchemaNormalization.parsingFingerprint64(sample.schema()));

        try (AlertStream alerts = sample.open(forged, 7)) {
            assertThat(alerts.next().packet()).hasSizeLessThan(20);
        }
    }

    @Test
    void visitsShareNoAlertIds() {
        Set<Long> ids = new HashSet<>();
        for (long number : new long[] {0, 1, 2, 50, 51, 799, 800, SampleVisit.MAX_NUMBER}) {
            DecodedSamples.of(SampleVisit.of(50).numbered(number)).forEach(alert -> ids.add(alert.id()));
        }
        assertThat(ids).hasSize(8 * 50);
    }

    @Test
    void idsAreUniqueAndEqualThoseOfTheirSources() {
        List<Alert> alerts = DecodedSamples.some();
        assertThat(alerts.stream().map(Alert::id)).doesNotHaveDuplicates().allMatch(id -> id > 0);
        for (Alert alert : alerts) {
            GenericRecord decoded = DecodedSamples.decode(alert);
            GenericRecord source = DecodedSamples.record(decoded, "diaSource");
            assertThat(DecodedSamples.id(decoded, "diaSourceId")).isEqualTo(alert.id());
            assertThat(DecodedSamples.id(source, "diaSourceId")).isEqualTo(alert.id());
            assertThat(DecodedSamples.number(source, "midpointMjdTai")).isEqualTo(alert.mjdTai());
        }
    }

    @Test
    void alertsComeInBurstsByDetectorWithinThreeSeconds() {
        List<Alert> alerts = DecodedSamples.some();
        List<Long> detectors = new ArrayList<>();
        double before = 0;
        for (Alert alert : alerts) {
            long detector = alert.id() >> Ids.COUNTER_BITS & 0xff;
            assertThat(alert.mjdTai()).isGreaterThanOrEqualTo(before);
            if (alert.mjdTai() > before) {
                detectors.add(detector);
            }
            assertThat(detector).isEqualTo(detectors.get(detectors.size() - 1));
            before = alert.mjdTai();
        }
        assertThat(detectors).doesNotHaveDuplicates().hasSizeBetween(170, FocalPlane.DETECTORS);
        double seconds = (before - alerts.get(0).mjdTai()) * 86_400;
        assertThat(seconds).isBetween(2.7, 3.0);
    }

    @Test
    void sizesAreKnownInAdvance() {
        Contents contents = SampleVisit.of(600).check();
        assertThat(contents.alerts()).isEqualTo(600);
        assertThat(contents.firstMjdTai())
                .isEqualTo(DecodedSamples.some().get(0).mjdTai());
        assertThat(contents.lastMjdTai())
                .isEqualTo(DecodedSamples.some().get(599).mjdTai());
        assertThat((double) contents.bytes()).isCloseTo(bytes(DecodedSamples.some()), withinPercentage(3));
    }

    @Test
    void packetsHaveTheRequestedSchemaId() {
        try (AlertStream stream = SampleVisit.of(1).open(DecodedSamples.SCHEMA, 77)) {
            assertThat(WireFormat.schemaId(stream.next().packet())).isEqualTo(77);
            assertThat(stream.hasNext()).isFalse();
        }
    }

    @Test
    void alertsAreTranslatedIntoAnotherSchema() {
        Schema other = new Schema.Parser().parse("""
                {"type": "record", "name": "alert", "namespace": "lsst.v99_0", "fields": [
                  {"name": "diaSourceId", "type": "long"},
                  {"name": "extra", "type": "int", "default": 3},
                  {"name": "diaSource", "type": {"type": "record", "name": "diaSource", "fields": [
                    {"name": "midpointMjdTai", "type": "double"}]}}]}
                """);
        try (AlertStream stream = SampleVisit.of(600).open(other, 9900)) {
            Alert alert = stream.next();
            GenericRecord decoded = DecodedSamples.decode(alert, other);
            assertThat(alert.id()).isEqualTo(DecodedSamples.some().get(0).id()).isEqualTo(decoded.get("diaSourceId"));
            assertThat(decoded.get("extra")).isEqualTo(3);
            assertThat(DecodedSamples.number(DecodedSamples.record(decoded, "diaSource"), "midpointMjdTai"))
                    .isEqualTo(alert.mjdTai());
            assertThat(WireFormat.schemaId(alert.packet())).isEqualTo(9900);
        }
    }

    @Test
    void anUntranslatableAlertIsNamed() {
        Schema other = new Schema.Parser().parse("""
                {"type": "record", "name": "alert", "namespace": "lsst.v99_0", "fields": [
                  {"name": "diaSourceId", "type": "long"}, {"name": "needed", "type": "int"}]}
                """);
        assertThatThrownBy(() -> {
                    try (AlertStream stream = SampleVisit.of(1).open(other, 9900)) {
                        stream.next();
                    }
                })
                .isInstanceOf(AlertSourceException.class)
                .hasMessageContaining("needed")
                .hasMessageContaining("lsst.v99_0.alert");
    }

    @Test
    void itsFileHasTheSameAlerts() throws IOException {
        Path file = dir.resolve("visit.avro");
        SampleVisit.of(20).writeTo(file, CodecFactory.deflateCodec(1));
        List<Alert> read = new ArrayList<>();
        try (AlertStream stream = AlertFile.open(file).open(DecodedSamples.SCHEMA, DecodedSamples.SCHEMA_ID)) {
            stream.forEachRemaining(read::add);
        }
        assertThat(sha256(read)).isEqualTo(sha256(DecodedSamples.of(SampleVisit.of(20))));
        assertThat(AlertFile.open(file).check().alerts()).isEqualTo(20);
    }

    @Test
    void theSameVisitGivesTheSameFile() throws IOException {
        SampleVisit.of(3).writeTo(dir.resolve("a"), CodecFactory.nullCodec());
        SampleVisit.of(3).writeTo(dir.resolve("b"), CodecFactory.nullCodec());
        assertThat(dir.resolve("a")).hasSameBinaryContentAs(dir.resolve("b"));
    }

    @Test
    void anExistingFileIsNotOverwritten() throws IOException {
        Path file = Files.writeString(dir.resolve("mine"), "precious");
        assertThatThrownBy(() -> SampleVisit.of(1).writeTo(file, CodecFactory.nullCodec()))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("precious");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> SampleVisit.of(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SampleVisit.of(SampleVisit.MAX_ALERTS + 1))
                .isInstanceOf(IllegalArgumentException.class);
        SampleVisit visit = SampleVisit.of(1);
        assertThatThrownBy(() -> visit.numbered(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> visit.numbered(SampleVisit.MAX_NUMBER + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double bytes(List<Alert> alerts) {
        return alerts.stream().mapToDouble(alert -> alert.packet().length).sum();
    }

    private static String sha256(List<Alert> alerts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            alerts.forEach(alert -> digest.update(alert.packet()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
