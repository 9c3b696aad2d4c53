package io.alertstream.server.overview;

import io.alertstream.bus.Fact;
import io.alertstream.settings.LiveSettings;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * When the next visit starts. A replayer in this process announces it. A replayer in another process is seen only by
 * its messages: the next visit is expected one interval after the start of the last.
 */
final class Visits {

    /** Shorter pauses are part of a visit. */
    private static final long QUIET_MILLIS = 4_000;

    /** A visit later than this is no longer expected. */
    private static final long LATE_MILLIS = 5_000;

    private LiveSettings live;
    private Optional<Plan> plan = Optional.empty();
    private Optional<Fact.VisitReplayed> last = Optional.empty();

    private long seenTotal = -1;
    private long seenAt;
    private long seenStart;

    private record Plan(Optional<Long> start, boolean paused) {}

    Visits(LiveSettings live) {
        this.live = live;
    }

    void changed(LiveSettings settings) {
        live = settings;
    }

    void planned(long now, Fact.VisitPlanned fact) {
        plan = Optional.of(new Plan(fact.startsIn().map(in -> now + in.toMillis()), fact.paused()));
    }

    void replayed(Fact.VisitReplayed visit) {
        last = Optional.of(visit);
    }

    /** Records how many alerts were ever sent to the replay topic. */
    void seen(long now, long total) {
        if (seenTotal >= 0 && total > seenTotal && now - seenAt > QUIET_MILLIS) {
            seenStart = now;
        }
        if (total != seenTotal) {
            // The first sample doesn't show whether a visit is in progress.
            seenTotal = total;
            seenAt = now;
        }
    }

    Duration interval() {
        return live.replayInterval();
    }

    JsonObject json(long now) {
        Optional<Long> next = plan.flatMap(Plan::start);
        String state = "planned";
        if (plan.map(Plan::paused).orElse(live.replayPaused())) {
            state = "paused";
            next = Optional.empty();
        } else if (plan.isEmpty()) {
            long expected = seenStart + interval().toMillis();
            boolean known = seenStart > 0 && now < expected + LATE_MILLIS;
            state = known ? "expected" : "unknown";
            next = known ? Optional.of(expected) : next;
        } else if (next.isEmpty()) {
            state = "waiting";
        }
        return new JsonObject()
                .put("state", state)
                .put("next", next.orElse(null))
                .put("intervalSeconds", interval().toMillis() / 1_000.0)
                .put("last", last.map(Visits::json).orElse(null));
    }

    private static JsonObject json(Fact.VisitReplayed visit) {
        return new JsonObject()
                .put("number", visit.visit())
                .put("alerts", visit.alerts())
                .put("seconds", visit.took().toMillis() / 1_000.0)
                .put("lateSeconds", visit.late().toMillis() / 1_000.0);
    }
}
