package io.alertstream.kafka;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** How a {@link BoundedConsumer} reads. */
sealed interface ReadingMode {

    /**
     * Kafka's consumer is polled.
     *
     * @param fruitless how often in a row a poll failed and reading batch by batch found no reason
     */
    record Polling(int fruitless) implements ReadingMode {}

    /**
     * A poll couldn't read what was fetched. Until that batch is passed each one is fetched and unpacked by itself.
     *
     * @param suspects partitions in which it may be, the first of them under way
     * @param bytes read of the first one
     * @param cause what the poll failed with
     */
    record BatchByBatch(List<TopicPartition> suspects, long bytes, int fruitless, Throwable cause)
            implements ReadingMode {

        BatchByBatch nextSuspect() {
            return new BatchByBatch(suspects.subList(1, suspects.size()), 0, fruitless, cause);
        }

        BatchByBatch more(long read) {
            return new BatchByBatch(suspects, bytes + read, fruitless, cause);
        }
    }
}
