package io.alertstream.replayer;

import io.alertstream.kafka.Message;
import io.alertstream.kafka.NightMark;
import io.alertstream.kafka.Position;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The messages of one visit: all of the static topic, or one visit of the night in it. For one context. */
final class StaticVisit {

    private final TopicState topic;
    private final Optional<NightMark> mark;
    private final Map<Integer, Long> next = new HashMap<>();
    private long found;

    private StaticVisit(TopicState topic, Optional<NightMark> mark) {
        this.topic = topic;
        this.mark = mark;
    }

    /** The whole topic is one visit. */
    static StaticVisit whole(TopicState topic) {
        return new StaticVisit(topic, Optional.empty());
    }

    /**
     * The next visit of a night. No partition can have more messages of it than it has alerts, so no more are read:
     * partitions may be at different visits by then, and what belongs to later ones is left for those.
     *
     * @param remaining the topic from the first message that hasn't been replayed, in each partition
     */
    static StaticVisit ofNight(TopicState remaining, NightMark mark) {
        Map<Integer, Long> end = new HashMap<>();
        remaining.end().forEach((partition, last) -> {
            long first = remaining.beginning().getOrDefault(partition, 0L);
            end.put(partition, Math.min(last, first + mark.visitAlerts()));
        });
        return new StaticVisit(
                new TopicState(remaining.topic(), remaining.topicId(), remaining.beginning(), end), Optional.of(mark));
    }

    /** The part of the topic that has the visit's messages. */
    TopicState topic() {
        return topic;
    }

    long alerts() {
        return mark.map(NightMark::visitAlerts).orElseGet(topic::messages);
    }

    /** The visit's place in the night; empty if the topic is one visit. */
    Optional<NightMark> mark() {
        return mark;
    }

    /** After the visit has been read: where the next one begins, by partition. */
    Map<Integer, Long> next() {
        return next;
    }

    /**
     * Reads the visit's messages, as {@link TopicReader#read} does.
     *
     * @return also fails if the topic doesn't hold them where they are expected
     */
    Future<Void> read(TopicReader reader, Function<Message, Future<Void>> handler) {
        if (mark.isEmpty()) {
            return reader.read(topic, handler).mapEmpty();
        }
        next.putAll(topic.beginning());
        found = 0;
        return reader.read(topic, message -> isOfVisit(message, mark.get()).compose(own -> {
                    if (!own) {
                        return Future.succeededFuture();
                    }
                    found++;
                    next.put(message.partition(), message.offset() + 1);
                    return handler.apply(message);
                }))
                .compose(read -> found == alerts()
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                "topic %s holds %d of the %d alerts of the night's visit %d where they are expected; load the night again"
                                        .formatted(
                                                topic.topic(),
                                                found,
                                                alerts(),
                                                mark.get().visit())));
    }

    private static Future<Boolean> isOfVisit(Message message, NightMark wanted) {
        Position position = new Position(message.topic(), message.partition(), message.offset());
        try {
            int visit = NightMark.of(message.headers()).map(NightMark::visit).orElse(0);
            return visit >= wanted.visit()
                    ? Future.succeededFuture(visit == wanted.visit())
                    : Future.failedFuture("%s: expected a message of the night's visit %d or a later one, got %s"
                            .formatted(
                                    position, wanted.visit(), visit == 0 ? "one without a visit" : "visit " + visit));
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(position + ": " + e.getMessage());
        }
    }
}
