package io.alertstream.ingester;

import io.alertstream.kafka.GroupConsumer.Partition;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How far the archive is behind the topics, over the partitions of this member. The ends of topics are looked up now and
 * then, so the number of messages may be that much behind itself.
 */
final class Lag {

    private final Topics topics;
    private final Set<String> names;
    private final Offsets offsets;
    private final Clock clock;
    private final Map<Partition, Long> ends = new HashMap<>();

    Lag(Topics topics, Set<String> names, Offsets offsets, Clock clock) {
        this.topics = topics;
        this.names = names;
        this.offsets = offsets;
        this.clock = clock;
    }

    /** Looks the ends up; what can't be looked up now stays as it was. */
    void refresh() {
        names.forEach(name -> topics.state(name).onSuccess(state -> state.ifPresent(this::take)));
    }

    private void take(TopicState state) {
        state.end().forEach((partition, end) -> ends.put(new Partition(state.topic(), partition), end));
    }

    /** Messages that aren't durable yet; a partition counts once something of it was read. */
    long messages() {
        return offsets.partitions().stream()
                .filter(partition -> offsets.next(partition).isPresent())
                .mapToLong(partition -> Math.max(
                        0,
                        ends.getOrDefault(partition, 0L)
                                - offsets.next(partition).getAsLong()))
                .sum();
    }

    /** Age of the oldest message that was read and isn't durable yet, in seconds; 0 if all are. */
    double seconds() {
        return offsets.oldestOpenMillis().stream()
                .mapToDouble(millis -> Math.max(0, clock.millis() - millis) / 1000.0)
                .findFirst()
                .orElse(0);
    }
}
