package io.alertstream.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.archive.PacketDigest;
import io.alertstream.avro.VisitNumber;
import io.alertstream.journal.FaultKind;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.journal.JournalLine.VisitBegun;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncedTest {

    private static final int MAX_FAULTS = 10;
    private static final VisitNumber VISIT = VisitNumber.of(2026112700001L).orElseThrow();
    private static final Instant AT = Instant.parse("2026-11-27T20:00:00Z");

    /** Broken alerts are in two places, and count once. */
    @ParameterizedTest
    @CsvSource({"EMPTY, true", "EMPTY, false", "LATE, true"})
    void theNumberOfFaultsIsBounded(FaultKind kind, boolean fresh) {
        Announced announced = new Announced(MAX_FAULTS);
        announced.add(new VisitBegun(VISIT, AT, 2 * MAX_FAULTS, fresh));
        for (int i = 0; i < MAX_FAULTS; i++) {
            announced.add(fault(kind, i));
        }
        assertThat(announced.counts()).containsEntry(kind, (long) MAX_FAULTS);
        assertThatThrownBy(() -> announced.add(fault(kind, MAX_FAULTS)))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining("more than 10 faults; set SCORE_FROM");
    }

    private static Fault fault(FaultKind kind, int alert) {
        return Fault.ofAlert(
                kind, VISIT, AT, VISIT.alertId(0, 7, alert), Optional.of(PacketDigest.of(new byte[0])), Duration.ZERO);
    }
}
