package io.alertstream.replayer;

import io.alertstream.bus.Fact;
import io.alertstream.kafka.TopicChangedException;
import io.alertstream.replayer.VisitReplay.Replayed;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the outcome of visits: as metrics, in the log and on the bus. */
final class ReplayReports {

    private static final Logger log = LoggerFactory.getLogger(ReplayReports.class);

    private final String topic;
    private final Timers timers;
    private final ReplayerMeters meters;
    private final Consumer<Fact> publish;
    private Optional<Plan> plan = Optional.empty();
    private long visits;

    /**
     * What the replayer will do next.
     *
     * @param startNanos the next visit's start, on the timers' clock
     */
    record Plan(long startNanos, boolean nothing, boolean paused) {}

    ReplayReports(String topic, Timers timers, ReplayerMeters meters, Consumer<Fact> publish) {
        this.topic = topic;
        this.timers = timers;
        this.meters = meters;
        this.publish = publish;
    }

    /** Publishes the plan if it has changed. */
    void planned(Plan now) {
        if (!plan.equals(Optional.of(now))) {
            plan = Optional.of(now);
            Duration in = Duration.ofNanos(Math.max(0, now.startNanos() - timers.nanos()));
            publish.accept(
                    new Fact.VisitPlanned(topic, now.nothing() ? Optional.empty() : Optional.of(in), now.paused()));
        }
    }

    /**
     * A visit was replayed whole.
     *
     * @param startLateNanos how long after its scheduled time it started
     */
    void replayed(Replayed replayed, long tookNanos, long startLateNanos) {
        visits++;
        Duration took = Duration.ofNanos(tookNanos);
        Duration late = Duration.ofNanos(startLateNanos + replayed.firstSentLateNanos());
        meters.visit(took, late);
        // The entry point logs the line for people, since it also knows what was loaded and archived.
        log.atDebug()
                .addKeyValue("role", "replayer")
                .addKeyValue("topic", topic)
                .log(
                        "visit {} replayed: {} alerts, {} MB in {} ms, {} ms late",
                        visits,
                        replayed.alerts(),
                        replayed.bytes() / 1_000_000,
                        took.toMillis(),
                        late.toMillis());
        publish.accept(new Fact.VisitReplayed(topic, visits, replayed.alerts(), replayed.bytes(), took, late));
    }

    /**
     * The visit that was just replayed ended this long after the next one's start; negative if it ended before.
     *
     * @param pause how long it was held back on purpose, which is no trouble
     */
    void overran(long nanos, Duration pause) {
        if (nanos > 0 && nanos <= pause.toNanos()) {
            log.atInfo()
                    .addKeyValue("role", "replayer")
                    .log(
                            "visit {} was stopped for {} ms, as REPLAY_FAULTS says, until after the next one's time",
                            visits,
                            pause.toMillis());
        } else if (nanos > 0) {
            meters.overrun();
            log.atWarn()
                    .addKeyValue("role", "replayer")
                    .log("visit {} took {} ms longer than REPLAY_INTERVAL", visits, nanos / 1_000_000);
        }
    }

    /** A visit was ended on request. */
    void abandoned(Throwable cause) {
        log.atInfo().addKeyValue("role", "replayer").log("visit abandoned: {}", cause.getMessage());
    }

    /** A visit couldn't be replayed whole. */
    void incomplete(long sent, Throwable cause) {
        meters.incomplete();
        boolean changed = cause instanceof TopicChangedException;
        log.atWarn()
                .addKeyValue("role", "replayer")
                .addKeyValue("topic", topic)
                // An Error is unforeseen, and an OutOfMemoryError has to be logged as a cause to end the process.
                .setCause(cause instanceof Error ? cause : null)
                .log(
                        "visit dropped after {} alerts, and not counted: {}{}",
                        sent,
                        cause.getMessage(),
                        changed ? "; the next one is the visit that the topic then holds" : "");
    }
}
