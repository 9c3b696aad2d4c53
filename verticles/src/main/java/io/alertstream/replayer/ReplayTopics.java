package io.alertstream.replayer;

import io.alertstream.kafka.Message;
import io.alertstream.kafka.TopicChangedException;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.alertstream.kafka.VisitHeaders;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Checks whether there is a complete visit to replay, and a topic to replay it into. */
final class ReplayTopics {

    private final String staticTopic;
    private final String replayTopic;
    private final Optional<String> journalTopic;
    private final Topics topics;
    private final TopicReader reader;

    /**
     * The last static topic that was checked, and why it held no complete visit. An unchanged topic isn't read again.
     */
    private TopicState judged;

    private Optional<String> verdict = Optional.empty();

    ReplayTopics(ReplayerSettings settings, Topics topics, TopicReader reader) {
        this.staticTopic = settings.staticTopic();
        this.replayTopic = settings.replayTopic();
        this.journalTopic = settings.staging().map(Staging::journalTopic);
        this.topics = topics;
        this.reader = reader;
    }

    /** Looks at both topics; must not be called while the reader is in use. Fails if Kafka can't be asked. */
    Future<Look> look() {
        return topics.state(staticTopic).compose(state -> {
            if (state.isEmpty()) {
                return nothing("topic " + staticTopic + " doesn't exist");
            }
            return problem(state.get())
                    .compose(problem -> problem.isPresent() ? nothing(problem.get()) : lookAtTargets(state.get()));
        });
    }

    private Future<Look> lookAtTargets(TopicState source) {
        return journalTopic
                .map(journal -> topics.state(journal)
                        .compose(found -> found.isPresent() ? lookAtReplayTopic(source) : missing(journal)))
                .orElseGet(() -> lookAtReplayTopic(source));
    }

    /**
     * Checks whether a visit's topic still exists; may be called while the reader is in use.
     *
     * @return fails with {@link TopicChangedException} if it was deleted or recreated, else if Kafka can't be asked
     */
    Future<Void> requireUnchanged(TopicState visit) {
        return topics.state(visit.topic()).compose(state -> {
            if (state.isPresent() && state.get().topicId().equals(visit.topicId())) {
                return Future.succeededFuture();
            }
            return Future.failedFuture(new TopicChangedException(
                    "topic " + visit.topic() + (state.isPresent() ? " was recreated" : " was deleted")));
        });
    }

    private static Future<Look> nothing(String why) {
        return Future.succeededFuture(new Look.Nothing(why));
    }

    private Future<Look> lookAtReplayTopic(TopicState source) {
        return topics.state(replayTopic)
                .compose(replay -> replay.isEmpty()
                        ? missing(replayTopic)
                        : Future.succeededFuture(
                                new Look.Visit(source, replay.get().end().size())));
    }

    private static Future<Look> missing(String topic) {
        return nothing("topic " + topic + " doesn't exist, and the replayer doesn't create it");
    }

    /** Why the static topic holds no complete visit; empty if it does. */
    private Future<Optional<String>> problem(TopicState state) {
        if (state.equals(judged)) {
            return Future.succeededFuture(verdict);
        }
        return judge(state).onSuccess(problem -> {
            judged = state;
            verdict = problem;
        });
    }

    private Future<Optional<String>> judge(TopicState state) {
        if (state.messages() <= 0) {
            return Future.succeededFuture(Optional.of("topic " + staticTopic + " is empty"));
        }
        return firstMessage(state).map(first -> {
            byte[] header = first.headers().last(VisitHeaders.VISIT_ALERTS);
            // A topic of another loader doesn't state the number of alerts: its content is taken as the visit.
            return header == null ? Optional.empty() : missingAlerts(state, header);
        });
    }

    private Optional<String> missingAlerts(TopicState state, byte[] header) {
        long expected;
        try {
            expected = VisitHeaders.visitAlerts(header);
        } catch (IllegalArgumentException e) {
            return Optional.of("topic %s: %s".formatted(staticTopic, e.getMessage()));
        }
        return expected == state.messages()
                ? Optional.empty()
                : Optional.of(
                        "topic %s holds %d of the %d alerts of its visit: either it is still being loaded, or the load failed and has to be repeated"
                                .formatted(staticTopic, state.messages(), expected));
    }

    private Future<Message> firstMessage(TopicState state) {
        int partition = state.end().keySet().stream()
                .filter(candidate ->
                        state.end().get(candidate) > state.beginning().getOrDefault(candidate, 0L))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        long offset = state.beginning().getOrDefault(partition, 0L);
        AtomicReference<Message> first = new AtomicReference<>();
        TopicState head =
                new TopicState(staticTopic, state.topicId(), Map.of(partition, offset), Map.of(partition, offset + 1));
        return reader.read(head, message -> {
                    first.set(message);
                    return Future.succeededFuture();
                })
                .map(count -> first.get());
    }
}
