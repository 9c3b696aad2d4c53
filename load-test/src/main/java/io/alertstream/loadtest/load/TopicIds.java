package io.alertstream.loadtest.load;

import io.alertstream.avro.NotAnAlertException;
import io.alertstream.loadtest.packets.AlertIds;
import io.alertstream.loadtest.target.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Ids of alerts from a topic's oldest messages, which the archive is most likely to have. */
final class TopicIds {

    /** Messages read per requested id: where visits repeat, a topic has few distinct ids. */
    private static final int MESSAGES_PER_ID = 4;

    private TopicIds() {}

    /**
     * Distinct ids: as many as requested, or as the topic's oldest messages have.
     *
     * @throws LoadTestException if it has none
     */
    static List<Long> read(Targets targets, List<TopicPartition> partitions, int most) {
        Set<Long> ids = new LinkedHashSet<>();
        Map<String, String> settings = Map.of("enable.auto.commit", "false", "client.id", "load-test-ids");
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                targets.kafka().with(settings), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
            long looks = (long) MESSAGES_PER_ID * most;
            while (ids.size() < most
                    && looks > 0
                    && partitions.stream().anyMatch(partition -> consumer.position(partition) < end.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofSeconds(1))) {
                    add(ids, message.value());
                    looks--;
                }
            }
        }
        if (ids.isEmpty()) {
            throw new LoadTestException("expected alerts to read the ids of in the topic " + targets.topic()
                    + ", found none: see LOAD_TOPIC");
        }
        return new ArrayList<>(ids).subList(0, Math.min(most, ids.size()));
    }

    private static void add(Set<Long> ids, byte[] value) {
        try {
            if (value != null) {
                ids.add(AlertIds.read(value));
            }
        } catch (NotAnAlertException e) {
            // Others may write into the topic; such messages aren't in the archive.
        }
    }
}
