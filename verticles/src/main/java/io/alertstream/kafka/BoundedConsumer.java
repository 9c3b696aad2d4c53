package io.alertstream.kafka;

import io.alertstream.kafka.BatchUnpacking.Unpacked;
import io.alertstream.kafka.ReadingMode.BatchByBatch;
import io.alertstream.kafka.ReadingMode.Polling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.LeaderNotAvailableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.record.RecordBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's consumer with bounded memory, which skips what it can't read: a record that is damaged, or unpacks to more
 * than the limit or the heap, becomes an unreadable message. For one thread.
 *
 * <p>Kafka's consumer allocates as many bytes as a record claims. If that fails, only the allocation fails, on this
 * thread, and the heap is unharmed. The responsible batch isn't known then, so batches are fetched and unpacked one
 * by one, without such allocations, until it is skipped.
 */
final class BoundedConsumer {

    private static final Logger log = LoggerFactory.getLogger(BoundedConsumer.class);
    private static final Duration ASK_LIMIT = Duration.ofSeconds(10);

    /** Consecutive failed polls without a responsible batch before the consumer fails. */
    private static final int MAX_FRUITLESS = 3;

    private final Map<String, Object> config;
    private final BoundedDeserializer bytes = new BoundedDeserializer();
    private final Consumer<byte[], byte[]> kafka;
    private final Map<TopicPartition, Long> next = new LinkedHashMap<>();
    private RawBatches raw; // Created on first use.
    private ReadingMode mode = new Polling(0);

    BoundedConsumer(Map<String, Object> config) {
        this.config = config;
        kafka = new KafkaConsumer<>(config, bytes, bytes);
    }

    Consumer<byte[], byte[]> kafka() {
        return kafka;
    }

    /** Seeks to an offset. */
    void seek(TopicPartition partition, long offset) {
        kafka.seek(partition, offset);
        next.put(partition, offset);
    }

    /** Drops partitions that were revoked, or whose start isn't known yet. */
    void forget(Collection<TopicPartition> partitions) {
        next.keySet().removeAll(partitions);
    }

    /** The next offset to deliver. */
    long next(TopicPartition partition) {
        return next.get(partition);
    }

    /**
     * The next messages, in order within each partition. Messages beyond the limits of a poll are delivered by the
     * next one.
     *
     * @param held partitions not to fetch from
     * @return empty if Kafka has no messages, or if the next poll has to ask again
     * @throws RuntimeException as Kafka's consumer does, unless the next poll may succeed
     */
    List<Message> poll(Duration limit, Collection<TopicPartition> held) {
        try {
            if (mode instanceof BatchByBatch batches) {
                hold(kafka.assignment());
                kafka.poll(Duration.ZERO); // Fetches nothing, but keeps the member in its group.
                return held.containsAll(next.keySet()) ? List.of() : readBatch(batches, held);
            }
            hold(held);
            bytes.refill();
            List<Message> messages = taken(kafka.poll(limit));
            if (!messages.isEmpty()) {
                mode = new Polling(0);
            }
            return messages;
        } catch (Error | KafkaException e) {
            if (!(mode instanceof Polling polling) || !isUnreadable(e)) {
                throw e;
            }
            log.atWarn().log("batch unreadable, reading batch by batch until it is skipped: {}", e.toString());
            // The failed poll has also dropped what it had read of other partitions.
            next.forEach(kafka::seek);
            mode = new BatchByBatch(List.copyOf(next.keySet()), 0, polling.fruitless(), e);
            return List.of();
        }
    }

    private void hold(Collection<TopicPartition> held) {
        Set<TopicPartition> assigned = kafka.assignment();
        kafka.pause(held.stream().filter(assigned::contains).toList());
        kafka.resume(
                assigned.stream().filter(partition -> !held.contains(partition)).toList());
    }

    /** Kafka has no specific exception for a batch that can't be unpacked, and a failed allocation is an Error. */
    private static boolean isUnreadable(Throwable failure) {
        return failure instanceof OutOfMemoryError
                || (failure instanceof Error error && BatchUnpacking.isDamage(error))
                || failure instanceof SerializationException
                || failure instanceof CorruptRecordException
                || failure.getClass() == KafkaException.class;
    }

    private List<Message> taken(ConsumerRecords<byte[], byte[]> records) {
        List<Message> messages = new ArrayList<>(records.count());
        records.nextOffsets().forEach((partition, offset) -> next.put(partition, offset.offset()));
        for (TopicPartition partition : records.partitions()) {
            for (ConsumerRecord<byte[], byte[]> found : records.records(partition)) {
                int largest = Math.max(found.serializedKeySize(), found.serializedValueSize());
                if (largest > BoundedDeserializer.MAX_BYTES) {
                    messages.add(Messages.tooLarge(partition, found.offset(), found.timestamp(), largest));
                } else if (isLeftOut(found)) {
                    seek(partition, found.offset());
                    break;
                } else {
                    messages.add(Messages.of(found));
                }
            }
        }
        return messages;
    }

    private static boolean isLeftOut(ConsumerRecord<byte[], byte[]> found) {
        return (found.key() == null && found.serializedKeySize() != ConsumerRecord.NULL_SIZE)
                || (found.value() == null && found.serializedValueSize() != ConsumerRecord.NULL_SIZE);
    }

    private List<Message> readBatch(BatchByBatch now, Collection<TopicPartition> held) {
        if (now.suspects().isEmpty()) {
            if (now.fruitless() + 1 == MAX_FRUITLESS) {
                mode = new Polling(0);
                throw new IllegalStateException("polls fail, but no batch is unreadable: " + now.cause(), now.cause());
            }
            mode = new Polling(now.fruitless() + 1);
            return List.of();
        }
        TopicPartition suspect = now.suspects().get(0);
        Long offset = held.contains(suspect) ? null : next.get(suspect);
        Optional<RecordBatch> batch = offset == null ? Optional.empty() : raw().read(suspect, leader(suspect), offset);
        if (batch.isEmpty()) {
            mode = now.nextSuspect();
            return List.of();
        }
        Unpacked unpacked = BatchUnpacking.of(suspect, offset, batch.get());
        seek(suspect, unpacked.next());
        BatchByBatch more = now.more(batch.get().sizeInBytes());
        if (unpacked.foundUnreadable()) {
            mode = new Polling(0);
        } else if (more.bytes() > ClientConfig.PARTITION_FETCH_BYTES) {
            mode = now.nextSuspect(); // The responsible batch was in the same fetch as the first.
        } else {
            mode = more;
        }
        return unpacked.messages();
    }

    private Node leader(TopicPartition partition) {
        return kafka.partitionsFor(partition.topic(), ASK_LIMIT).stream()
                .filter(info -> info.partition() == partition.partition())
                .map(PartitionInfo::leader)
                .filter(leader -> leader != null && !leader.isEmpty())
                .findFirst()
                .orElseThrow(() -> new LeaderNotAvailableException("no leader of " + partition));
    }

    private RawBatches raw() {
        if (raw == null) {
            raw = new RawBatches(config);
        }
        return raw;
    }

    void close(Duration limit) {
        if (raw != null) {
            raw.close();
        }
        kafka.close(CloseOptions.timeout(limit));
    }
}
