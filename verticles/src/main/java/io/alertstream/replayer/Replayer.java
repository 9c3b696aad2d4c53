package io.alertstream.replayer;

import io.alertstream.bus.Fact;
import io.alertstream.kafka.RefusedException;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.Topics;
import io.alertstream.replayer.VisitReplay.Replayed;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * Starts one visit after another. All calls come on one context.
 *
 * <p>It is in one of four states at a time: {@link Waiting} for the next look at the topics, {@link Looking}, {@link
 * Replaying}, or stopped. Only the current state leads to another one, so two visits, or a visit and a look for the
 * next, never overlap, and an answer that arrives after its state has ended is ignored.
 */
final class Replayer {

    /**
     * How long before a visit's start the topics are looked at: enough for Kafka to answer and for the first messages
     * to be read.
     */
    static final Duration LEAD = Duration.ofSeconds(1);

    private final Timers timers;
    private final ReplayTopics topics;
    private final TopicReader reader;
    private final VisitReplays replays;
    private final ReplayReports reports;
    private final Consumer<Throwable> fatal;
    private final Schedule schedule;
    private final LastLook lastLook;

    /** Kafka's id of the topic that the last visit was read from; a topic with another id has a new visit. */
    private String replayedTopicId = "";

    /** Whether a visit was loaded that no look has found yet. The look that finds it starts it at once. */
    private boolean loadAnnounced;

    private ReplayerState state = new Waiting();

    Replayer(
            ReplayerSettings settings,
            Timers timers,
            Topics topics,
            TopicReader reader,
            VisitReplays replays,
            ReplayerMeters meters,
            Consumer<Fact> publish,
            Consumer<Throwable> fatal) {
        this.timers = timers;
        this.topics = new ReplayTopics(settings, topics, reader);
        this.reader = reader;
        this.replays = replays;
        this.reports = new ReplayReports(settings.replayTopic(), timers, meters, publish);
        this.fatal = fatal;
        this.schedule = new Schedule(settings.interval().toNanos(), timers.nanos(), settings.paused());
        this.lastLook = new LastLook(timers);
    }

    /** Looks for a visit and starts the first at once. */
    void start() {
        enter(new Looking());
    }

    /** Starts no further visit; the current one is finished. */
    void pause() {
        schedule.pause();
        scheduleChanged();
    }

    /** Starts visits again: at the next scheduled time, or at once if that has passed. */
    void resume() {
        schedule.resume(timers.nanos());
        scheduleChanged();
    }

    /** Sets the time from the last visit's start to the next; the current visit isn't affected. */
    void interval(Duration interval) {
        schedule.interval(interval.toNanos(), timers.nanos());
        scheduleChanged();
    }

    /** A visit was loaded into the static topic: starts it at once, or when the current visit has ended. */
    void loaded() {
        loadAnnounced = true;
        state.loadAnnounced();
    }

    /**
     * Reports what the last look found: succeeds if there is a whole visit to replay, else fails with what is missing.
     */
    Future<Void> ready() {
        return lastLook.ready();
    }

    /**
     * Starts nothing more and abandons the current visit.
     *
     * @return succeeds when every message sent has been acknowledged or refused
     */
    Future<Void> stop() {
        state = new ReplayerState.Stopped(state);
        return state.leave();
    }

    private void scheduleChanged() {
        reportPlan();
        state.scheduleChanged();
    }

    private void enter(ReplayerState next) {
        state = next;
        reportPlan();
        next.begin();
    }

    private void reportPlan() {
        reports.planned(new ReplayReports.Plan(schedule.next(), lastLook.foundNothing(), schedule.paused()));
    }

    /** Idle until the next look. */
    final class Waiting implements ReplayerState {

        private Runnable cancelTimer = () -> {};

        @Override
        public void begin() {
            cancelTimer = timers.at(nextLookNanos(), () -> enter(new Looking()));
        }

        private long nextLookNanos() {
            if (lastLook.foundNothing() || schedule.paused()) {
                return lastLook.nextNanos();
            }
            return loadAnnounced ? timers.nanos() : Math.min(lastLook.nextNanos(), schedule.next() - LEAD.toNanos());
        }

        @Override
        public void scheduleChanged() {
            cancelTimer.run();
            begin();
        }

        @Override
        public void loadAnnounced() {
            cancelTimer.run();
            enter(new Looking());
        }

        @Override
        public Future<Void> leave() {
            cancelTimer.run();
            return Future.succeededFuture();
        }
    }

    /** Kafka is being asked what there is to replay. */
    final class Looking implements ReplayerState {

        /** Whether a visit was loaded meanwhile, which the answer may not show yet. */
        private boolean outdated;

        @Override
        public void begin() {
            topics.look().onComplete(look -> {
                if (state == this) {
                    answered(look);
                }
            });
        }

        private void answered(AsyncResult<Look> answer) {
            if (RefusedException.in(answer.cause())) {
                fatal.accept(answer.cause());
            }
            boolean wasWaiting = lastLook.foundNothing();
            Look look = answer.succeeded()
                    ? answer.result()
                    : new Look.Nothing(answer.cause().getMessage());
            lastLook.found(look);
            if (outdated) {
                enter(new Looking());
            } else if (look instanceof Look.Visit visit && startsSoon(visit, wasWaiting)) {
                enter(new Replaying(visit));
            } else {
                enter(new Waiting());
            }
        }

        private boolean startsSoon(Look.Visit visit, boolean wasWaiting) {
            if (schedule.paused()) {
                return false;
            }
            long now = timers.nanos();
            schedule.slots(visit.slots(), now);
            if (loadAnnounced && !visit.visit().topic().topicId().equals(replayedTopicId)) {
                schedule.startNow(now);
            } else if (wasWaiting) {
                schedule.catchUp(now);
            }
            loadAnnounced = false;
            return schedule.next() - now <= LEAD.toNanos();
        }

        @Override
        public void loadAnnounced() {
            outdated = true;
        }

        @Override
        public Future<Void> leave() {
            return Future.succeededFuture();
        }
    }

    /** A visit is being read ahead or replayed. */
    final class Replaying implements ReplayerState {

        private final Look.Visit source;
        private final long scheduledNanos;
        private final long startNanos;
        private final VisitReplay visit;
        private final TopicWatch watch;
        private final Promise<Void> ended = Promise.promise();

        /** Takes the next start from the schedule. */
        Replaying(Look.Visit source) {
            this.source = source;
            scheduledNanos = schedule.begin();
            startNanos = Math.max(scheduledNanos, timers.nanos());
            visit = replays.of(source, startNanos);
            watch = new TopicWatch(timers, topics, source.visit().topic(), visit::stop, this::watched);
        }

        @Override
        public void begin() {
            replayedTopicId = source.visit().topic().topicId();
            topics.begun(source.visit());
            watch.start();
            visit.run(reader, source.visit()).onComplete(this::ended);
        }

        private void watched(Throwable trouble) {
            lastLook.found(trouble == null ? source : new Look.Nothing(trouble.getMessage()));
        }

        private void ended(AsyncResult<Replayed> replay) {
            watch.end();
            if (replay.succeeded()) {
                topics.replayed(source.visit());
                reports.replayed(replay.result(), timers.nanos() - startNanos, startNanos - scheduledNanos);
                reports.overran(
                        timers.nanos() - schedule.next(), replay.result().pause());
            } else {
                failed(replay.cause());
            }
            schedule.catchUp(timers.nanos());
            ended.complete();
            if (state == this) {
                enter(replay.succeeded() ? new Waiting() : new Looking());
            }
        }

        private void failed(Throwable cause) {
            if (RefusedException.in(cause)) {
                fatal.accept(cause);
            } else if (cause instanceof CancellationException || state != this) {
                reports.abandoned(cause);
            } else {
                reports.incomplete(visit.sent(), cause);
            }
        }

        @Override
        public void scheduleChanged() {
            if (schedule.paused() && !visit.begun()) {
                visit.stop(new CancellationException("paused before its start"));
            }
        }

        @Override
        public Future<Void> leave() {
            watch.end();
            visit.stop(new CancellationException("stopped on request after " + visit.sent() + " alerts"));
            return ended.future();
        }
    }
}
