package io.alertstream.score;

import io.alertstream.archive.PacketDigest;
import io.alertstream.journal.FaultKind.Scope;
import io.alertstream.journal.JournalLine;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** One run, from the look at the topics to the scores. For one context. */
final class Scoring {

    private final ScoreSettings settings;
    private final Topics topics;
    private final TopicReader reader;
    private final PacketIds ids;
    private final WorkerExecutor cpu;
    private final Announced announced = new Announced();
    private final Scores scores;
    private long unannounced;

    /**
     * @param cpu where digests are computed and files are read
     * @param maxAlerts that fit into memory
     */
    Scoring(
            ScoreSettings settings,
            Topics topics,
            TopicReader reader,
            PacketIds ids,
            WorkerExecutor cpu,
            int maxAlerts) {
        this.settings = settings;
        this.topics = topics;
        this.reader = reader;
        this.ids = ids;
        this.cpu = cpu;
        this.scores = new Scores(maxAlerts, settings.late());
    }

    /**
     * Reads everything.
     *
     * @return fails if the topics, the registry or the file can't be read
     */
    Future<Void> run() {
        // The replay topic's end is taken first: later messages needn't have been delivered yet.
        return require(settings.replayTopic(), "REPLAY_TOPIC")
                .compose(replay -> journal().compose(read -> published(replay)))
                .compose(read -> newTopics())
                .compose(read -> output())
                .map(read -> {
                    scores.end();
                    return null;
                });
    }

    private Future<TopicState> require(String topic, String setting) {
        return topics.state(topic)
                .map(state -> state.orElseThrow(
                        () -> new ScoreException("there is no topic %s; %s names it".formatted(topic, setting))))
                .compose(state -> settings.from()
                        .map(time -> topics.since(state, time))
                        .orElseGet(() -> Future.succeededFuture(state)));
    }

    private Future<Long> journal() {
        return require(settings.journalTopic(), "REPLAY_JOURNAL_TOPIC")
                .compose(state -> reader.read(state, this::line));
    }

    private Future<Void> line(Message message) {
        try {
            JournalLine line = JournalLine.of(message.value());
            announced.add(line);
            scores.announceVisit(line.visit().number());
            if (line instanceof Fault fault && fault.kind().scope() == Scope.BROKEN_ALERT) {
                fault.alertId().ifPresent(scores::broken);
            }
            return Future.succeededFuture();
        } catch (IllegalArgumentException | ScoreException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<Long> published(TopicState state) {
        boolean cut = settings.from().isPresent()
                || state.beginning().values().stream().anyMatch(offset -> offset > 0);
        if (cut) {
            scores.beginWithinAVisit();
        }
        return reader.readAll(state, this::published);
    }

    private Future<Void> newTopics() {
        Future<Void> all = Future.succeededFuture();
        for (String topic : announced.topics()) {
            all = all.compose(before -> require(topic, "the journal"))
                    .compose(state -> reader.readAll(state, this::published))
                    .mapEmpty();
        }
        return all;
    }

    private Future<Void> published(Message message) {
        if (message.unreadable().isPresent() || message.value() == null) {
            unannounced++;
            return Future.succeededFuture();
        }
        return isAnnouncedBroken(message.value())
                .compose(broken -> broken ? Future.succeededFuture() : publishedAlert(message));
    }

    private Future<Boolean> isAnnouncedBroken(byte[] value) {
        return announced.hasBroken()
                ? cpu.executeBlocking(() -> PacketDigest.of(value), false).map(announced::takeBroken)
                : Future.succeededFuture(false);
    }

    private Future<Void> publishedAlert(Message message) {
        return ids.id(message.value()).map(id -> {
            if (id.isEmpty()) {
                unannounced++;
                return null;
            }
            if (scores.table().timesPublished(id.getAsLong()) > 0 && !announced.repeats(id.getAsLong())) {
                unannounced++;
            }
            scores.published(id.getAsLong(), message.timestampMillis());
            return null;
        });
    }

    private Future<?> output() {
        return settings.output() instanceof BrokerOutput.File file
                ? cpu.executeBlocking(() -> file(file.path()), false)
                : topic(((BrokerOutput.Topic) settings.output()).name());
    }

    private Future<Long> topic(String name) {
        return require(name, "SCORE_OUTPUT")
                .compose(state -> reader.readAll(state, message -> OutputIds.ofMessage(message.value(), ids)
                        .map(id -> {
                            if (id.isPresent()) {
                                scores.delivered(id.getAsLong(), OptionalLong.of(message.timestampMillis()));
                            } else {
                                scores.unreadable();
                            }
                            return null;
                        })));
    }

    private Void file(Path path) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    Optional<OutputIds.Line> found = OutputIds.ofLine(line);
                    found.ifPresentOrElse(it -> scores.delivered(it.id(), it.millis()), scores::unreadable);
                }
            }
        }
        return null;
    }

    Scores scores() {
        return scores;
    }

    Announced announced() {
        return announced;
    }

    /** Messages that aren't alerts, and repeated alerts, that the journal doesn't mention. */
    long unannounced() {
        return unannounced;
    }
}
