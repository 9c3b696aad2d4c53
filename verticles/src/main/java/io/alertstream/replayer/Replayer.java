package io.alertstream.replayer;

import io.alertstream.bus.Fact;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.RefusedException;
import io.alertstream.kafka.TopicChangedException;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.alertstream.replayer.VisitReplay.Replayed;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts one visit after another. All calls come on one context.
 *
 * <p>A turn looks at the topics, reads ahead, and sends when the visit's time has come; so it begins a little before the
 * visit. Where a turn finds no whole visit the next one follows after a second, and the visit that is found then starts at
 * once.
 */
final class Replayer {

    /** How long before a visit's start its turn begins: time to look and to have the first messages at hand. */
    static final Duration LEAD = Duration.ofSeconds(1);

    /** How long after a turn that found nothing, or that failed late, the next one follows. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private static final long READ_AHEAD_BYTES = 32 << 20;
    private static final long STRETCH_BYTES = 1 << 20;
    private static final Logger log = LoggerFactory.getLogger(Replayer.class);

    private final ReplayerSettings settings;
    private final Timers timers;
    private final Topics topics;
    private final TopicReader reader;
    private final MessageProducer producer;
    private final StaticTopic staticTopic;
    private final ReplayerMeters meters;
    private final Consumer<Fact> publish;
    private final Consumer<Throwable> fatal;
    private final PartitionTurns turns = new PartitionTurns(STRETCH_BYTES);
    private final WaitingLog waitingLog = new WaitingLog();
    private final Schedule schedule;

    private boolean paused;
    private boolean stopped;
    private Runnable timer = () -> {};

    /** The turn under way, succeeding when it ends, however it ends; succeeded between turns. */
    private Future<Void> turn = Future.succeededFuture();

    /** The visit of the turn under way; null before it was found and between turns. */
    private VisitReplay visit;

    /** Why there is nothing to replay; empty while there is. */
    private String waitingFor = "no turn has looked for a visit yet";

    /** A visit was loaded, and no turn has found it yet. */
    private boolean told;

    /** Kafka's id of the topic that the last visit was read from; another one's visit is new. */
    private String lastTopicId = "";

    /** A turn found nothing, or its visit was incomplete: the next visit needn't be where the schedule has it. */
    private boolean waited;

    /** No turn before this time. */
    private long lookAgain;

    private long visits;

    /** What was told last, with the next visit's start on the timers' clock. */
    private Optional<Plan> plan = Optional.empty();

    private record Found(TopicState source, int partitions) {}

    private record Plan(long startNanos, boolean nothing, boolean paused) {}

    Replayer(
            ReplayerSettings settings,
            Timers timers,
            Topics topics,
            TopicReader reader,
            MessageProducer producer,
            ReplayerMeters meters,
            Consumer<Fact> publish,
            Consumer<Throwable> fatal) {
        this.settings = settings;
        this.timers = timers;
        this.topics = topics;
        this.reader = reader;
        this.producer = producer;
        this.staticTopic = new StaticTopic(settings.staticTopic(), topics, reader);
        this.meters = meters;
        this.publish = publish;
        this.fatal = fatal;
        this.schedule = new Schedule(settings.interval().toNanos(), timers.nanos());
        this.paused = settings.paused();
    }

    /** Looks for a visit, and starts the first at once. */
    void start() {
        plan();
    }

    /** Starts no further visit; one that has begun is finished. */
    void pause() {
        paused = true;
        tell();
        timer.run();
        if (visit != null && !visit.begun()) {
            visit.stop(new CancellationException("paused before its start"));
        }
    }

    /** Starts visits again: at the next scheduled time, or at once if that has passed. */
    void resume() {
        paused = false;
        schedule.catchUp(timers.nanos());
        plan();
    }

    /** The next visit starts this long after the last one did; a visit under way isn't touched. */
    void interval(Duration interval) {
        schedule.interval(interval.toNanos(), timers.nanos());
        plan();
    }

    /** A visit was loaded into the static topic: it starts at once, or when the visit under way has ended. */
    void loaded() {
        told = true;
        plan();
    }

    /** Succeeds while a whole visit is there to be replayed; a failure says what is missing. */
    Future<Void> ready() {
        if (visit == null && turn.isComplete() && !stopped) {
            turn(look().mapEmpty());
        }
        Future<Void> looked = visit == null ? turn : Future.succeededFuture();
        return looked.compose(done -> waitingFor.isEmpty()
                ? Future.succeededFuture()
                : Future.failedFuture("nothing to replay: " + waitingFor));
    }

    /**
     * Starts nothing more and abandons the visit under way.
     *
     * @return succeeds when all that was sent is acknowledged or refused
     */
    Future<Void> stop() {
        stopped = true;
        timer.run();
        if (visit != null) {
            visit.stop(new CancellationException("stopped on request after " + visit.sent() + " alerts"));
        }
        return turn;
    }

    private void plan() {
        tell();
        timer.run();
        if (!stopped && !paused && turn.isComplete()) {
            long at = told ? timers.nanos() : Math.max(schedule.next() - LEAD.toNanos(), lookAgain);
            timer = timers.at(at, () -> turn(look().compose(this::replay)));
        }
    }

    /** Tells of the plan whenever it is another one. */
    private void tell() {
        Plan now = new Plan(schedule.next(), !waitingFor.isEmpty(), paused);
        if (!plan.equals(Optional.of(now))) {
            plan = Optional.of(now);
            Duration in = Duration.ofNanos(Math.max(0, now.startNanos() - timers.nanos()));
            publish.accept(new Fact.VisitPlanned(
                    settings.replayTopic(), now.nothing() ? Optional.empty() : Optional.of(in), paused));
        }
    }

    /** One thing at a time: the reader serves one, and a look must not come between a visit and its end. */
    private void turn(Future<Void> work) {
        Promise<Void> end = Promise.promise();
        turn = end.future();
        work.onComplete(done -> {
            if (done.failed()) {
                failed(done.cause());
            }
            visit = null;
            end.complete();
            plan();
        });
    }

    /** What there is to replay: empty if there is nothing, and why is in {@link #waitingFor}. */
    private Future<Optional<Found>> look() {
        return staticTopic
                .look()
                .compose(look -> look.visit().isEmpty()
                        ? Future.succeededFuture(nothing(look.why()))
                        : topics.state(settings.replayTopic())
                                .map(replay -> replay.isEmpty()
                                        ? nothing("topic " + settings.replayTopic()
                                                + " doesn't exist, and the replayer doesn't create it")
                                        : found(look.visit().get(), replay.get())))
                .onFailure(cause -> nothing(cause.getMessage()));
    }

    private Optional<Found> nothing(String why) {
        waitingFor = why;
        waited = true;
        lookAgain = timers.nanos() + LOOK_AGAIN.toNanos();
        return Optional.empty();
    }

    private Optional<Found> found(TopicState source, TopicState replay) {
        waitingFor = "";
        return Optional.of(new Found(source, replay.end().size()));
    }

    private Future<Void> replay(Optional<Found> found) {
        long now = timers.nanos();
        if (found.isEmpty()) {
            waitingLog.waiting(waitingFor, now);
            return Future.succeededFuture();
        }
        waitingLog.over();
        TopicState source = found.get().source();
        boolean known = source.topicId().equals(lastTopicId);
        boolean loaded = told;
        told = false;
        if (paused || stopped) {
            return Future.succeededFuture();
        }
        if (loaded && !known) {
            schedule.startNow(now);
        } else if (waited || lastTopicId.isEmpty()) {
            schedule.catchUp(now);
        }
        // The visit that was loaded is known already, or the interval grew while this turn looked.
        if (schedule.next() - now > LEAD.toNanos()) {
            return Future.succeededFuture();
        }
        waited = false;
        lastTopicId = source.topicId();
        long scheduled = schedule.next();
        schedule.begin();
        tell();
        long start = Math.max(scheduled, now);
        ReplayTarget target =
                new ReplayTarget(settings.replayTopic(), found.get().partitions(), turns);
        visit = new VisitReplay(timers, producer, target, meters, start, READ_AHEAD_BYTES);
        return visit.run(reader, source)
                .onSuccess(replayed -> report(replayed, timers.nanos() - start, start - scheduled))
                .mapEmpty();
    }

    private void report(Replayed replayed, long tookNanos, long startLateNanos) {
        visits++;
        Duration took = Duration.ofNanos(tookNanos);
        Duration late = Duration.ofNanos(startLateNanos + replayed.firstSentLateNanos());
        meters.visit(took, late);
        // The line for people is the entry point's, which knows what was loaded and archived too.
        log.atDebug()
                .addKeyValue("role", "replayer")
                .addKeyValue("topic", settings.replayTopic())
                .log(
                        "visit {} replayed: {} alerts, {} MB in {} ms, {} ms late",
                        visits,
                        replayed.alerts(),
                        replayed.bytes() / 1_000_000,
                        took.toMillis(),
                        late.toMillis());
        publish.accept(new Fact.VisitReplayed(
                settings.replayTopic(), visits, replayed.alerts(), replayed.bytes(), took, late));
        long overrun = timers.nanos() - schedule.next();
        if (overrun > 0) {
            meters.overrun();
            log.atWarn()
                    .addKeyValue("role", "replayer")
                    .log(
                            "visit {} took {} ms longer than REPLAY_INTERVAL: the next starts at once",
                            visits,
                            overrun / 1_000_000);
            schedule.catchUp(timers.nanos());
        }
    }

    private void failed(Throwable cause) {
        if (RefusedException.in(cause)) {
            fatal.accept(cause);
        } else if (cause instanceof CancellationException || stopped) {
            log.atInfo().addKeyValue("role", "replayer").log("visit abandoned: {}", cause.getMessage());
        } else if (visit == null) {
            waitingLog.waiting(cause.getMessage(), timers.nanos());
        } else {
            meters.incomplete();
            waited = true;
            lookAgain = timers.nanos() + LOOK_AGAIN.toNanos();
            log.atWarn()
                    .addKeyValue("role", "replayer")
                    .addKeyValue("topic", settings.replayTopic())
                    .setCause(cause instanceof TopicChangedException ? null : cause)
                    .log(
                            "visit incomplete after {} alerts, and not counted: {}",
                            visit.sent(),
                            incompleteBecause(cause));
        }
    }

    private static String incompleteBecause(Throwable cause) {
        return cause instanceof TopicChangedException
                ? cause.getMessage() + "; the next visit is the whole one that the topic holds then"
                : cause.getMessage();
    }
}
