package io.alertstream.server.overview;

import io.alertstream.kafka.GroupLag;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Kafka for everything that the overview shows, one round of requests at a time. */
final class KafkaView {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaView.class);

    private final OverviewSettings settings;
    private final Supplier<Topics> clients;
    private Topics topics;
    private Future<Answer> asked = Future.failedFuture("not asked yet");
    private String lastFailure = "";

    /**
     * What Kafka answered; empty where a request failed.
     *
     * @param source the static topic; the inner Optional is empty if the topic doesn't exist
     */
    record Answer(
            Optional<Optional<TopicState>> source,
            Optional<Optional<TopicState>> replay,
            Optional<Optional<TopicState>> deadLetters,
            Optional<List<GroupLag>> groups) {

        boolean isWhole() {
            return source.isPresent() && replay.isPresent() && deadLetters.isPresent() && groups.isPresent();
        }
    }

    KafkaView(Vertx vertx, OverviewSettings settings, KafkaSettings kafka) {
        this(settings, () -> new KafkaClients(vertx, kafka).topics());
    }

    /** Opens clients when they are needed, so that they read the certificates that are valid then. */
    KafkaView(OverviewSettings settings, Supplier<Topics> clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /** Starts a round, or returns the current one. Fails if every request fails. */
    Future<Answer> ask() {
        if (topics == null) {
            topics = clients.get();
        } else if (!asked.isComplete()) {
            return asked;
        }
        Future<Optional<TopicState>> source = topics.state(settings.staticTopic());
        Future<Optional<TopicState>> replay = topics.state(settings.replayTopic());
        Future<Optional<TopicState>> deadLetters = topics.state(settings.deadLetterTopic());
        Future<List<GroupLag>> groups = topics.groupLags(settings.replayTopic());
        asked = Future.join(source, replay, deadLetters, groups)
                .onComplete(all -> log(all.cause()))
                .transform(all -> source.failed() && replay.failed() && deadLetters.failed() && groups.failed()
                        ? Future.failedFuture(all.cause())
                        : Future.succeededFuture(
                                new Answer(result(source), result(replay), result(deadLetters), result(groups))));
        return asked;
    }

    /** Closes the clients until the next round. */
    Future<Void> disconnect() {
        if (topics == null) {
            return Future.succeededFuture();
        }
        Topics closing = topics;
        topics = null;
        return closing.close();
    }

    private static <T> Optional<T> result(Future<T> answer) {
        return Optional.ofNullable(answer.result());
    }

    /** Logs a failure once, not every second. The page, which is public, says only that there is one. */
    private void log(Throwable failure) {
        String message = failure == null || topics == null ? "" : String.valueOf(failure.getMessage());
        if (!message.isEmpty() && !message.equals(lastFailure)) {
            LOG.atWarn()
                    .addKeyValue("role", "server")
                    .log("Kafka didn't answer every question, the system page is incomplete: {}", message);
        }
        lastFailure = message;
    }
}
