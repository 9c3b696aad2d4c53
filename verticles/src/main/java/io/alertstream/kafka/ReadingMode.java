package io.alertstream.kafka;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** How a {@link BoundedConsumer} reads. */
sealed interface ReadingMode {

    /**
     * Polls Kafka's consumer.
     *
     * @param fruitless consecutive failed polls for which reading batch by batch found no reason
     */
    record Polling(int fruitless) implements ReadingMode {}

    /**
     * A poll couldn't read a batch. Until that batch is skipped, batches are fetched and unpacked one by one.
     *
     * @param suspects partitions that may contain it; the first one is being read
     * @param bytes read from the first one
     * @param cause the poll's failure
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
