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

/** Asks Kafka for all that the overview shows, one round at a time. */
final class KafkaView {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaView.class);

    private final OverviewSettings settings;
    private final Supplier<Topics> clients;
    private Topics topics;
    private Future<Answer> asked = Future.failedFuture("not asked yet");
    private String lastTrouble = "";

    /**
     * What Kafka said; empty is what it didn't answer.
     *
     * @param source the static topic; the inner Optional is empty if there is none
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

    /** A view through clients that are made when they are needed, so that they read what certificates are there then. */
    KafkaView(OverviewSettings settings, Supplier<Topics> clients) {
        this.settings = settings;
        this.clients = clients;
    }

    /** Asks, unless an answer is awaited already. Fails if Kafka answers nothing at all. */
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
                                new Answer(told(source), told(replay), told(deadLetters), told(groups))));
        return asked;
    }

    /** Closes the client until the next question. */
    Future<Void> rest() {
        if (topics == null) {
            return Future.succeededFuture();
        }
        Topics closing = topics;
        topics = null;
        return closing.close();
    }

    private static <T> Optional<T> told(Future<T> answer) {
        return Optional.ofNullable(answer.result());
    }

    /** Each trouble once: it is met every second. The page says only that there is one, since it is public. */
    private void log(Throwable failure) {
        String trouble = failure == null || topics == null ? "" : String.valueOf(failure.getMessage());
        if (!trouble.isEmpty() && !trouble.equals(lastTrouble)) {
            LOG.atWarn().addKeyValue("role", "server").log("the overview lacks what Kafka doesn't tell: {}", trouble);
        }
        lastTrouble = trouble;
    }
}
