package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.bus.Fact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisitReportTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void oneLineReportsAVisit() {
        VisitReport report = new VisitReport(true, lines::add);

        report.loaded(new Fact.VisitLoaded("alerts-static", 1000, 82_000_000, Duration.ofSeconds(2)));
        report.archived(archived(400, 0));
        report.replayed(replayed(1));
        assertThat(lines).as("before everything is archived").isEmpty();
        report.archived(archived(1000, 0));
        report.archived(archived(1000, 500));
        report.replayed(replayed(2));
        report.archived(archived(1000, 1000));

        assertThat(lines)
                .containsExactly(
                        "visit 1: loaded 1,000, replayed 1,000 alerts (82.0 MB) in 3.0 s, 4 ms after its time;"
                                + " archived 1,000 new, 0 known, 0 dead letters",
                        "visit 2: replayed 1,000 alerts (82.0 MB) in 3.0 s, 4 ms after its time;"
                                + " archived 0 new, 1,000 known, 0 dead letters");
    }

    @Test
    void anUnarchivedVisitIsReportedBeforeTheNext() {
        VisitReport report = new VisitReport(true, lines::add);

        report.replayed(replayed(1));
        report.archived(archived(10, 0));
        report.replayed(replayed(2));

        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("visit 1: replayed")
                .contains("archived 10 new");
    }

    @Test
    void withoutAnIngesterTheLineDoesntWait() {
        VisitReport report = new VisitReport(false, lines::add);

        report.replayed(replayed(1));

        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("visit 1: replayed")
                .doesNotContain("archived");
    }

    private static Fact.VisitReplayed replayed(long visit) {
        return new Fact.VisitReplayed(
                "alerts-simulated", visit, 1000, 82_000_000, Duration.ofSeconds(3), Duration.ofMillis(4));
    }

    private static Fact.AlertsArchived archived(long alerts, long duplicates) {
        return new Fact.AlertsArchived(alerts, alerts * 82_000, duplicates, 0, List.of(1L));
    }
}
