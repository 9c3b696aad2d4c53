package io.alertstream.ingester;

import io.alertstream.kafka.GroupConsumer.Partition;
import io.alertstream.kafka.Message;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;

/**
 * The offsets that may be committed: in each assigned partition, up to the first message that isn't durable. A
 * revoked partition is dropped with its open messages; its next owner starts after the last commit, and messages that
 * complete here later have no effect. For one thread at a time.
 */
final class Offsets {

    private final Map<Partition, Progress> partitions = new HashMap<>();

    /** A partition's progress since it was assigned. */
    private static final class Progress {

        private final Queue<Delivery> open = new ArrayDeque<>();
        private OptionalLong next = OptionalLong.empty();
        private OptionalLong committed = OptionalLong.empty();

        private void advance() {
            while (!open.isEmpty() && open.peek().done) {
                next = OptionalLong.of(open.remove().message.offset() + 1);
            }
        }
    }

    /** A message that is being archived. */
    static final class Delivery {

        private final Message message;
        private final Progress progress;
        private boolean done;

        private Delivery(Message message, Progress progress) {
            this.message = message;
            this.progress = progress;
        }

        Message message() {
            return message;
        }

        /** The message is durable. */
        void done() {
            done = true;
            progress.advance();
        }
    }

    /** A commit to make, and to confirm. */
    static final class Commit {

        private final Map<Partition, Progress> progress = new LinkedHashMap<>();
        private final Map<Partition, Long> offsets = new LinkedHashMap<>();

        /** The next offset to read, by partition. */
        Map<Partition, Long> offsets() {
            return offsets;
        }

        void succeeded() {
            progress.forEach((partition, of) -> of.committed = OptionalLong.of(offsets.get(partition)));
        }
    }

    void assigned(Set<Partition> added) {
        added.forEach(partition -> partitions.put(partition, new Progress()));
    }

    void revoked(Set<Partition> removed) {
        partitions.keySet().removeAll(removed);
    }

    Set<Partition> partitions() {
        return partitions.keySet();
    }

    /**
     * Registers a message.
     *
     * @return empty if its partition was revoked: another member reads it
     */
    Optional<Delivery> begin(Message message) {
        Progress progress = partitions.get(new Partition(message.topic(), message.partition()));
        if (progress == null) {
            return Optional.empty();
        }
        Delivery delivery = new Delivery(message, progress);
        progress.open.add(delivery);
        return Optional.of(delivery);
    }

    /** The offsets that have advanced since the last commit. */
    Commit commit() {
        Commit commit = new Commit();
        partitions.forEach((partition, progress) -> {
            if (!progress.next.equals(progress.committed)) {
                commit.progress.put(partition, progress);
                commit.offsets.put(partition, progress.next.orElseThrow());
            }
        });
        return commit;
    }

    /** The timestamp of the oldest message that isn't durable yet, in milliseconds since 1970. */
    OptionalLong oldestOpenMillis() {
        return partitions.values().stream()
                .filter(progress -> !progress.open.isEmpty())
                .mapToLong(progress -> progress.open.peek().message.timestampMillis())
                .min();
    }
}
