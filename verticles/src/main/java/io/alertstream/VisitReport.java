package io.alertstream;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Logs one line per visit with what was loaded, replayed and archived. If this process archives alerts, the line
 * waits until the visit is archived, or the next one is replayed. For one context.
 */
final class VisitReport {

    private static final Fact.AlertsArchived NOTHING = new Fact.AlertsArchived(0, 0, 0, 0, List.of());

    private final boolean archives;
    private final Consumer<String> out;
    private Optional<Fact.VisitLoaded> loaded = Optional.empty();
    private Optional<Fact.VisitReplayed> replayed = Optional.empty();
    private Fact.AlertsArchived reached = NOTHING;
    private Fact.AlertsArchived reported = NOTHING;

    /**
     * @param archives whether the ingester runs in this process
     * @param out receives the lines
     */
    VisitReport(boolean archives, Consumer<String> out) {
        this.archives = archives;
        this.out = out;
    }

    void follow(Bus bus) {
        bus.on(Fact.VisitLoaded.class, this::loaded);
        bus.on(Fact.VisitReplayed.class, this::replayed);
        bus.on(Fact.AlertsArchived.class, this::archived);
    }

    void loaded(Fact.VisitLoaded visit) {
        loaded = Optional.of(visit);
    }

    void replayed(Fact.VisitReplayed visit) {
        report();
        replayed = Optional.of(visit);
        if (!archives) {
            report();
        } else {
            reportWhenThrough();
        }
    }

    void archived(Fact.AlertsArchived totals) {
        reached = totals;
        reportWhenThrough();
    }

    private void reportWhenThrough() {
        if (replayed.isPresent()
                && reached.through() - reported.through() >= replayed.get().alerts()) {
            report();
        }
    }

    private void report() {
        replayed.ifPresent(visit -> {
            out.accept(line(visit));
            reported = reached;
            // Later visits are repetitions, or were loaded by another process.
            loaded = Optional.empty();
        });
        replayed = Optional.empty();
    }

    private String line(Fact.VisitReplayed visit) {
        String line = "visit %d: %sreplayed %,d alerts (%.1f MB) in %.1f s, %d ms after its time"
                .formatted(
                        visit.visit(),
                        loaded.map(load -> "loaded %,d, ".formatted(load.alerts()))
                                .orElse(""),
                        visit.alerts(),
                        visit.bytes() / 1e6,
                        visit.took().toMillis() / 1e3,
                        visit.late().toMillis());
        if (!archives) {
            return line;
        }
        return line
                + "; archived %,d new, %,d known, %,d dead letters"
                        .formatted(
                                reached.alerts() - reported.alerts(),
                                reached.duplicates() - reported.duplicates(),
                                reached.deadLetters() - reported.deadLetters());
    }
}
