package io.alertstream.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.archive.PacketDigest;
import io.alertstream.avro.VisitNumber;
import io.alertstream.journal.JournalLine.Dropped;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.journal.JournalLine.Stopped;
import io.alertstream.journal.JournalLine.VisitBegun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalLineTest {

    private static final VisitNumber VISIT = VisitNumber.of(2026112700012L).orElseThrow();
    private static final Instant AT = Instant.parse("2026-11-27T20:31:02.123Z");

    @Test
    void aVisitIsOneLineOfJson() {
        VisitBegun visit = new VisitBegun(VISIT, AT, 1000, true);
        assertThat(new String(visit.toBytes(), UTF_8))
                .isEqualTo(
                        "{\"event\":\"visit\",\"visit\":2026112700012,\"at\":\"2026-11-27T20:31:02.123Z\",\"alerts\":1000,\"fresh\":true}");
        assertThat(JournalLine.of(visit.toBytes())).isEqualTo(visit);
    }

    @Test
    void aStopIsReadAsItWasWritten() {
        Stopped stop = new Stopped(VISIT, AT);
        assertThat(JournalLine.of(stop.toBytes())).isEqualTo(stop);
    }

    @Test
    void aVisitsTopicIsReadAsItWasWritten() {
        VisitBegun visit = new VisitBegun(VISIT, AT, 7, true, Optional.of("alerts-v12"));
        assertThat(JournalLine.of(visit.toBytes())).isEqualTo(visit);
    }

    @Test
    void aDroppedVisitIsReadAsItWasWritten() {
        Dropped drop = new Dropped(VISIT, AT);
        assertThat(new String(drop.toBytes(), UTF_8))
                .isEqualTo("{\"event\":\"drop\",\"visit\":2026112700012,\"at\":\"2026-11-27T20:31:02.123Z\"}");
        assertThat(JournalLine.of(drop.toBytes())).isEqualTo(drop);
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void aFaultIsReadAsItWasWritten(FaultKind kind) {
        Fault full = new Fault(
                kind,
                VISIT,
                AT,
                OptionalLong.of(Long.MAX_VALUE),
                Optional.of(new PacketDigest(-1, 1)),
                Duration.ofMinutes(3),
                OptionalLong.of(17),
                Optional.of("alerts-v12"),
                OptionalInt.of(100_001));
        assertThat(new String(full.toBytes(), UTF_8))
                .contains("\"fault\":\"" + kind.text() + "\"")
                .contains("\"alertId\":\"9223372036854775807\"")
                .contains("\"delayMillis\":180000")
                .contains("\"schemaId\":100001")
                .contains("\"digest\":\"ffffffffffffffff0000000000000001\"");
        assertThat(JournalLine.of(full.toBytes())).isEqualTo(full);
        for (Fault each : List.of(
                Fault.ofAlert(kind, VISIT, AT, 0, Optional.empty(), Duration.ZERO),
                Fault.ofVisit(kind, VISIT, AT, 0, Duration.ofSeconds(60)),
                Fault.ofStream(kind, VISIT, AT, Optional.empty(), OptionalInt.of(7)))) {
            assertThat(JournalLine.of(each.toBytes())).isEqualTo(each);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"event\":\"visit\"}",
                "{\"event\":\"visit\",\"visit\":2026112700012,\"at\":\"now\",\"alerts\":1,\"fresh\":true}",
                "{\"event\":\"visit\",\"visit\":2026112700012,\"at\":\"2026-11-27T20:31:02Z\",\"alerts\":1}",
                "{\"event\":\"visit\",\"visit\":2026112700012,\"at\":\"2026-11-27T20:31:02Z\",\"alerts\":1,\"fresh\":1}",
                "{\"event\":\"visit\",\"visit\":12,\"at\":\"2026-11-27T20:31:02Z\",\"alerts\":1}",
                "{\"event\":\"other\",\"visit\":2026112700012,\"at\":\"2026-11-27T20:31:02Z\"}",
                "{\"event\":\"fault\",\"fault\":\"x\",\"visit\":2026112700012,\"at\":\"2026-11-27T20:31:02Z\"}",
                "{\"event\":\"fault\",\"fault\":\"late\",\"alertId\":\"x\",\"visit\":2026112700012,\"at\":\"2026-11-27T20:31:02Z\"}",
                "{\"event\":\"fault\",\"fault\":\"late\",\"digest\":\"7\",\"visit\":2026112700012,\"at\":\"2026-11-27T20:31:02Z\"}"
            })
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> JournalLine.of(text.getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a line of a journal");
    }

    @Test
    void aTombstoneIsRefused() {
        assertThatThrownBy(() -> JournalLine.of(null)).isInstanceOf(IllegalArgumentException.class);
    }
}
