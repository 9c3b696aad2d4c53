package io.alertstream.replayer;

import io.alertstream.kafka.Message;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.alertstream.kafka.VisitHeaders;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Tells whether the static topic holds a whole visit. */
final class StaticTopic {

    /**
     * What was found.
     *
     * @param visit the topic if it holds a whole visit
     * @param why why it holds none; empty text if it does
     */
    record Look(Optional<TopicState> visit, String why) {

        private static Look none(String why) {
            return new Look(Optional.empty(), why);
        }
    }

    private final String topic;
    private final Topics topics;
    private final TopicReader reader;

    /** The last topic seen and what it was found to be: as long as it doesn't change, it isn't read again. */
    private TopicState known;

    private Look knownLook;

    StaticTopic(String topic, Topics topics, TopicReader reader) {
        this.topic = topic;
        this.topics = topics;
        this.reader = reader;
    }

    /** Looks at it; not while the reader is busy. Fails if Kafka can't be asked. */
    Future<Look> look() {
        return topics.state(topic).compose(state -> {
            if (state.isEmpty()) {
                return Future.succeededFuture(Look.none("topic " + topic + " doesn't exist"));
            }
            if (state.get().equals(known)) {
                return Future.succeededFuture(knownLook);
            }
            return judge(state.get()).onSuccess(look -> {
                known = state.get();
                knownLook = look;
            });
        });
    }

    private Future<Look> judge(TopicState state) {
        if (state.messages() <= 0) {
            return Future.succeededFuture(Look.none("topic " + topic + " is empty"));
        }
        return firstMessage(state).map(first -> {
            byte[] header = first.headers().last(VisitHeaders.VISIT_ALERTS);
            // Another loader's topic doesn't say how many alerts there are: what is there is the visit.
            if (header == null) {
                return new Look(Optional.of(state), "");
            }
            long expected;
            try {
                expected = VisitHeaders.visitAlerts(header);
            } catch (IllegalArgumentException e) {
                return Look.none("topic %s: %s".formatted(topic, e.getMessage()));
            }
            return expected == state.messages()
                    ? new Look(Optional.of(state), "")
                    : Look.none(
                            "topic %s holds %d of the %d alerts of its visit; it is being loaded, or loading failed and has to be repeated"
                                    .formatted(topic, state.messages(), expected));
        });
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
                new TopicState(topic, state.topicId(), Map.of(partition, offset), Map.of(partition, offset + 1));
        return reader.read(head, message -> {
                    first.set(message);
                    return Future.succeededFuture();
                })
                .map(count -> first.get());
    }
}
