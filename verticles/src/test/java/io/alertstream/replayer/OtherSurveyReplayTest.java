package io.alertstream.replayer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alertstream.avro.AlertDecoder;
import io.alertstream.avro.VisitNumber;
import io.alertstream.avro.WireFormat;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.journal.FaultKind;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.VisitHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fresh visits and faults of alerts that aren't the survey's own. */
class OtherSurveyReplayTest extends StagedFixture {

    private static final int ALERTS = 40;
    private static final double JD = 2_461_000.75;
    private static final double JD_OF_NOW = 2_461_372 + 8 / 24.0;
    private static final long FIRST_ID = 3_143_250_000_015_010_000L;
    private static final Schema ZTF = new Schema.Parser().parse("""
            {"type": "record", "name": "alert", "fields": [
              {"name": "objectId", "type": "string"},
              {"name": "candid", "type": "long"},
              {"name": "candidate", "type": {"type": "record", "name": "candidate", "fields": [
                {"name": "jd", "type": "double"},
                {"name": "candid", "type": "long"},
                {"name": "pixels", "type": "string"}]}}]}
            """);
    private static final AlertDecoder ZTF_DECODER = AlertDecoder.of(ZTF);

    @BeforeEach
    void load() throws IOException {
        registry.put(SCHEMA_ID, ZTF.toString());
        for (int i = 0; i < ALERTS; i++) {
            Headers headers = Headers.of(VisitHeaders.TIME_OFFSET, VisitHeaders.timeOffset(0));
            kafka.put(
                    STATIC, null, packet(i), headers.and(VisitHeaders.VISIT_ALERTS, VisitHeaders.visitAlerts(ALERTS)));
        }
    }

    private static byte[] packet(int number) throws IOException {
        GenericRecord candidate = new GenericRecordBuilder(
                        ZTF.getField("candidate").schema())
                .set("jd", JD)
                .set("candid", FIRST_ID + number)
                .set("pixels", "x".repeat(3000))
                .build();
        GenericRecord alert = new GenericRecordBuilder(ZTF)
                .set("objectId", "ZTF26aaaaaab")
                .set("candid", FIRST_ID + number)
                .set("candidate", candidate)
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(ZTF).write(alert, encoder);
        return WireFormat.write(SCHEMA_ID, out.toByteArray());
    }

    @Test
    void freshVisitsHaveNewIdsAndTimes() {
        profile = AlertProfile.bundled("ztf");
        start(true, "");
        pass(37);

        List<byte[]> published = published();
        assertThat(published).hasSize(2 * ALERTS);
        Set<Object> ids = new HashSet<>();
        for (int i = 0; i < published.size(); i++) {
            GenericRecord alert = ZTF_DECODER.decode(published.get(i));
            GenericRecord candidate = (GenericRecord) alert.get("candidate");
            long id = (long) alert.get("candid");
            ids.add(id);
            assertThat(candidate.get("candid")).isEqualTo(id);
            assertThat(VisitNumber.ofAlert(id)).hasValue(lines().get(i / ALERTS).visit());
            assertThat((double) candidate.get("jd")).isCloseTo(JD_OF_NOW, within(2 / 86_400.0));
        }
        assertThat(ids).hasSize(2 * ALERTS);
    }

    /** The id alone is enough: without a profile no time is known. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyFaultThatTheAlertsAllowIsInjected(boolean timesAreKnown) {
        profile = timesAreKnown
                ? AlertProfile.bundled("ztf")
                : AlertProfile.lsst().withId("candid");
        start(true, """
                seed: 4
                faults:
                  duplicate: {rate: 0.1}
                  altered: {rate: 0.2}
                  oversize: {rate: 0.1}
                  bit-flipped: {rate: 0.1}
                """);

        assertThat(published()).hasSizeGreaterThan(ALERTS);
        Set<FaultKind> kinds = new HashSet<>();
        faults().stream().map(Fault::kind).forEach(kinds::add);
        assertThat(kinds).contains(FaultKind.DUPLICATE, FaultKind.BIT_FLIPPED).doesNotContain(FaultKind.OVERSIZE);
        assertThat(kinds.contains(FaultKind.ALTERED)).isEqualTo(timesAreKnown);
    }
}
