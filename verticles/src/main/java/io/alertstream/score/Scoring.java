package io.alertstream.score;

import io.alertstream.archive.PacketDigest;
import io.alertstream.journal.JournalLine;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** One run, from the look at the topics to the scores. For one context. */
final class Scoring {

    /**
     * How far before SCORE_FROM the journal is read: a late alert's line is written up to an hour before the alert is
     * published, and a visit takes some time as well.
     */
    private static final Duration JOURNAL_AHEAD = Duration.ofHours(2);

    private final ScoreSettings settings;
    private final Topics topics;
    private final TopicReader reader;
    private final Packets packets;
    private final WorkerExecutor cpu;
    private final Announced announced = new Announced();
    private final Surprises surprises = new Surprises();
    private final long endMillis;
    private final Scores scores;
    private final FaultCheck faults;

    /**
     * @param cpu where digests are computed and files are read
     * @param maxAlerts that fit into memory
     */
    Scoring(
            ScoreSettings settings,
            Clock clock,
            Topics topics,
            TopicReader reader,
            Packets packets,
            WorkerExecutor cpu,
            int maxAlerts) {
        this.settings = settings;
        this.topics = topics;
        this.reader = reader;
        this.packets = packets;
        this.cpu = cpu;
        this.endMillis = clock.millis();
        this.scores = new Scores(maxAlerts, settings.late(), announced, endMillis);
        this.faults = new FaultCheck(announced, scores, endMillis);
    }

    /**
     * Reads everything.
     *
     * @return fails if the topics, the registry or the file can't be read
     */
    Future<Void> run() {
        // The replay topic's end is taken first: later messages needn't have been delivered yet.
        return require(settings.replayTopic(), "REPLAY_TOPIC names it; name the topic that the replayer publishes to")
                .compose(replay -> journal().compose(read -> published(replay)))
                .compose(read -> newTopics())
                .map(read -> {
                    faults.run();
                    return null;
                })
                .compose(checked -> output())
                .map(read -> {
                    scores.end();
                    return null;
                });
    }

    private Future<TopicState> require(String topic, String whatToDo) {
        return topics.state(topic)
                .map(state -> state.orElseThrow(
                        () -> new ScoreException("there is no topic %s; %s".formatted(topic, whatToDo))));
    }

    /** The part of a topic from a time on; all of it if there is no such time. */
    private Future<TopicState> since(Optional<Instant> time, TopicState state) {
        return time.map(from -> topics.since(state, from)).orElseGet(() -> Future.succeededFuture(state));
    }

    private Future<Long> journal() {
        return require(
                        settings.journalTopic(),
                        "REPLAY_JOURNAL_TOPIC names it; a replayer with REPLAY_MODE=fresh or REPLAY_FAULTS writes one")
                .compose(state -> since(settings.from().map(time -> time.minus(JOURNAL_AHEAD)), state))
                .compose(state -> {
                    if (state.beginning().values().stream().anyMatch(first -> first > 0)) {
                        scores.unread().journalIsCutOff();
                    }
                    return reader.read(state, this::line);
                });
    }

    private Future<Void> line(Message message) {
        try {
            JournalLine line = JournalLine.of(message.value());
            announced.add(line);
            line.handle(scores);
            return Future.succeededFuture();
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(new ScoreException("topic %s isn't a journal; REPLAY_JOURNAL_TOPIC names it: %s"
                    .formatted(settings.journalTopic(), e.getMessage())));
        } catch (ScoreException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Long> published(TopicState whole) {
        settings.from().ifPresent(time -> scores.unread().remainsFrom(time.toEpochMilli()));
        return since(settings.from(), whole).compose(state -> {
            Set<Integer> begun = new HashSet<>();
            return reader.readAll(state, message -> {
                // After a beginning that SCORE_FROM chose nothing is missing, however late the first message is.
                long beginning = state.beginning().get(message.partition());
                if (begun.add(message.partition())
                        && beginning > 0
                        && beginning == whole.beginning().getOrDefault(message.partition(), 0L)) {
                    scores.unread().remainsFrom(message.timestampMillis());
                }
                return published(message);
            });
        });
    }

    private Future<Void> newTopics() {
        Future<Void> all = Future.succeededFuture();
        for (String topic : announced.topics()) {
            all = all.compose(before -> require(topic, "the journal says that a new major version goes into it"))
                    .compose(this::published)
                    .mapEmpty();
        }
        return all;
    }

    private Future<Void> published(Message message) {
        if (message.timestampMillis() > endMillis && !message.topic().equals(settings.replayTopic())) {
            return Future.succeededFuture(); // The end of this topic was taken later, when the journal was read.
        }
        if (message.unreadable().isPresent() || message.value() == null) {
            surprises.add(Surprises.Kind.BROKEN, message);
            return Future.succeededFuture();
        }
        return packets.whole(message.value())
                .compose(alert -> alert.map(whole -> whole(message, whole)).orElseGet(() -> broken(message)));
    }

    private Future<Void> whole(Message message, Packets.WholeAlert alert) {
        return announced
                .fault(alert.id())
                .map(fault -> digest(message.value()).<Void>map(digest -> {
                    fault.published(digest, message.timestampMillis());
                    return null;
                }))
                .orElseGet(Future::succeededFuture)
                .map(noted -> {
                    surprises.of(message, alert.id(), announced, scores);
                    scores.published(alert, message.topic(), message.timestampMillis());
                    return null;
                });
    }

    private Future<Void> broken(Message message) {
        return digest(message.value()).map(digest -> {
            announced
                    .broken()
                    .take(digest, message.timestampMillis())
                    .ifPresentOrElse(
                            fault -> {
                                fault.published(digest, message.timestampMillis());
                                scores.broken(fault);
                            },
                            () -> surprises.add(Surprises.Kind.BROKEN, message));
            return null;
        });
    }

    private Future<PacketDigest> digest(byte[] value) {
        return cpu.executeBlocking(() -> PacketDigest.of(value), false);
    }

    private Future<?> output() {
        if (settings.output() instanceof BrokerOutput.File file) {
            return cpu.executeBlocking(() -> new OutputFile(file.path()).read(scores), false);
        }
        String topic = ((BrokerOutput.Topic) settings.output()).name();
        return require(topic, "SCORE_OUTPUT names it; the broker writes the alerts that it accepts to it")
                .compose(state -> since(settings.from(), state))
                .compose(state -> new OutputTopic(packets, scores).read(reader, state));
    }

    Scores scores() {
        return scores;
    }

    Announced announced() {
        return announced;
    }

    FaultCheck faults() {
        return faults;
    }

    Surprises surprises() {
        return surprises;
    }
}
