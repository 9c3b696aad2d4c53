package io.alertstream.replayer;

import io.alertstream.kafka.Message;
import io.alertstream.kafka.NightMark;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.VisitHeaders;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Finds the next visit in the static topic, which holds one visit or a night of them. What was read once isn't read
 * again until it changes. For one context; its calls must not overlap.
 */
final class StaticTopic {

    private final TopicReader reader;
    private final NightPosition position = new NightPosition();

    /** The last result, and the part of the topic for which it holds. */
    private TopicState judged;

    private Found verdict;

    /** What there is to replay. */
    sealed interface Found {

        record Visit(StaticVisit visit) implements Found {}

        /**
         * Nothing can be replayed yet.
         *
         * @param why what is missing, for operators
         */
        record Nothing(String why) implements Found {}
    }

    StaticTopic(TopicReader reader) {
        this.reader = reader;
    }

    /**
     * The next visit; must not be called while the reader is in use.
     *
     * @param topic the whole topic as it was just observed
     */
    Future<Found> next(TopicState topic) {
        if (topic.messages() <= 0) {
            return Future.succeededFuture(new Found.Nothing("topic " + topic.topic() + " is empty"));
        }
        TopicState remaining = position.remaining(topic);
        if (remaining.equals(judged)) {
            return Future.succeededFuture(verdict);
        }
        return heads(remaining).map(heads -> judge(topic, remaining, heads)).onSuccess(found -> {
            judged = remaining;
            verdict = found;
        });
    }

    /** A visit starts. */
    void begun(StaticVisit visit) {
        position.begun(visit);
    }

    /** A visit was replayed whole. */
    void replayed(StaticVisit visit) {
        position.replayed(visit);
    }

    /** Intervals from the last visit's start to this one's. */
    int slotsUntil(StaticVisit visit) {
        return position.slotsUntil(visit);
    }

    private static Found judge(TopicState topic, TopicState remaining, List<Message> heads) {
        try {
            Optional<NightMark> mark = firstMark(heads);
            // A topic of another loader doesn't state the number of alerts: its content is taken as the visit.
            long expected = mark.map(NightMark::nightAlerts)
                    .orElseGet(() -> visitAlerts(heads.get(0)).orElse(topic.messages()));
            if (expected != topic.messages()) {
                return new Found.Nothing(
                        "topic %s holds %d of the %d alerts of its %s: either it is still being loaded, or the load failed and has to be repeated"
                                .formatted(
                                        topic.topic(),
                                        topic.messages(),
                                        expected,
                                        mark.isPresent() ? "night" : "visit"));
            }
            return new Found.Visit(
                    mark.map(it -> StaticVisit.ofNight(remaining, it)).orElseGet(() -> StaticVisit.whole(topic)));
        } catch (IllegalArgumentException e) {
            return new Found.Nothing("topic %s: %s".formatted(topic.topic(), e.getMessage()));
        }
    }

    /** The mark of the earliest visit: partitions may be at different ones. */
    private static Optional<NightMark> firstMark(List<Message> heads) {
        Optional<NightMark> first = Optional.empty();
        for (Message head : heads) {
            Optional<NightMark> mark = NightMark.of(head.headers());
            if (mark.isPresent()
                    && (first.isEmpty() || mark.get().visit() < first.get().visit())) {
                first = mark;
            }
        }
        return first;
    }

    private static Optional<Long> visitAlerts(Message head) {
        return Optional.ofNullable(head.headers().last(VisitHeaders.VISIT_ALERTS))
                .map(VisitHeaders::visitAlerts);
    }

    /** The first message of each partition that isn't empty, in the order of their numbers. */
    private Future<List<Message>> heads(TopicState remaining) {
        List<Message> heads = new ArrayList<>();
        Future<Void> all = Future.succeededFuture();
        for (int partition : remaining.end().keySet().stream().sorted().toList()) {
            long offset = remaining.beginning().getOrDefault(partition, 0L);
            if (offset < remaining.end().get(partition)) {
                all = all.compose(read -> head(remaining, partition, offset)).map(head -> {
                    heads.add(head);
                    return null;
                });
            }
        }
        return all.map(heads);
    }

    private Future<Message> head(TopicState remaining, int partition, long offset) {
        AtomicReference<Message> first = new AtomicReference<>();
        TopicState head = new TopicState(
                remaining.topic(), remaining.topicId(), Map.of(partition, offset), Map.of(partition, offset + 1));
        return reader.read(head, message -> {
                    first.set(message);
                    return Future.succeededFuture();
                })
                .map(count -> first.get());
    }
}
