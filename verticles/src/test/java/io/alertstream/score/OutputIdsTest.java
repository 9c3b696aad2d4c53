package io.alertstream.score;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.avro.sample.SampleVisit;
import io.vertx.core.Future;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputIdsTest {

    private static final Packets PACKETS =
            new Packets(id -> Future.succeededFuture(SampleVisit.of(1).schema().toString()), AlertProfile.lsst());

    private static OptionalLong id(String text) {
        return OutputIds.ofMessage(text.getBytes(UTF_8), PACKETS).result();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "171268727372251136",
                " 171268727372251136\n",
                "{\"alertId\": 171268727372251136}",
                "{\"alertId\": \"171268727372251136\", \"class\": \"SN\"}",
                " {\"diaSourceId\": 171268727372251136}"
            })
    void messagesAreIdsOrHaveOne(String text) {
        assertThat(id(text)).hasValue(171268727372251136L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "-1",
                "1.5",
                "99999999999999999999",
                "9999999999999999999",
                "{",
                "{}",
                "[1]",
                "{\"alertId\":null}"
            })
    void otherMessagesHaveNone(String text) {
        assertThat(id(text)).isEmpty();
    }

    @Test
    void theIdFieldOfAnotherSurveyIsReadFromJson() {
        Packets ztf = new Packets(
                id -> Future.failedFuture("not asked"), AlertProfile.lsst().withId("candidate.candid"));
        assertThat(OutputIds.ofMessage("{\"candid\": 17}".getBytes(UTF_8), ztf).result())
                .hasValue(17);
    }

    /** A broker may have ids of its own for what it publishes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alertId\": \"4b1d1dbe-9f3c-4c1f-8f0e-3a6a3e6a1b52\", \"candid\": 17}",
                "{\"alertId\": 4, \"candid\": 17}"
            })
    void theProfilesFieldComesBeforeOthers(String text) {
        AlertProfile profile = AlertProfile.lsst().withId("candidate.candid");
        Packets ztf = new Packets(id -> Future.failedFuture("not asked"), profile);
        assertThat(OutputIds.ofMessage(text.getBytes(UTF_8), ztf).result()).hasValue(17);
        assertThat(OutputIds.message(profile)).endsWith("JSON with candid or alertId or diaSourceId");
    }

    @Test
    void anAlertHasItsId() {
        try (AlertStream alerts = SampleVisit.of(1).open(SampleVisit.of(1).schema(), 1101)) {
            Alert alert = alerts.next();
            assertThat(OutputIds.ofMessage(alert.packet(), PACKETS).result()).hasValue(alert.id());
        }
        assertThat(OutputIds.ofMessage(new byte[] {0, 1}, PACKETS).result()).isEmpty();
        assertThat(OutputIds.ofMessage(null, PACKETS).result()).isEmpty();
    }

    @Test
    void linesAreIdsWithOptionalTimes() {
        assertThat(OutputIds.ofLine("17")).hasValue(new OutputIds.Line(17, OptionalLong.empty()));
        assertThat(OutputIds.ofLine(" 17 , 1764275462123 "))
                .hasValue(new OutputIds.Line(17, OptionalLong.of(1764275462123L)));
        assertThat(OutputIds.ofLine("17,1970-01-01T00:00:01Z")).hasValue(new OutputIds.Line(17, OptionalLong.of(1000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "17,", "17,soon", "17 18", "9999999999999999999", "-17"})
    void otherLinesHaveNone(String line) {
        assertThat(OutputIds.ofLine(line)).isEmpty();
    }
}
