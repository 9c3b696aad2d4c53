package io.alertstream.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.archive.PacketDigest;
import io.alertstream.kafka.DeadLetter;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.Message;

/**
 * The contents of the dead-letter topic. A message with a value is found by its bytes, not by its origin: if the same
 * bytes are redelivered, the ingester doesn't set them aside again, so no dead letter has the later origin. A message
 * without a value is found by its origin.
 */
final class KnownDeadLetters {

    private final String topic;
    private final int capacity;
    private final DigestSet values;
    private final DigestSet origins;

    /**
     * @param topic the dead-letter topic, for errors
     * @param capacity largest number of distinct values, and of distinct origins
     */
    KnownDeadLetters(String topic, int capacity) {
        this.topic = topic;
        this.capacity = capacity;
        this.values = new DigestSet(capacity);
        this.origins = new DigestSet(capacity);
    }

    /** A dead letter as it is remembered. */
    record Letter(boolean hasValue, PacketDigest digest) {

        /**
         * Reads a message of the dead-letter topic; takes CPU. If the value was too large for the topic, its SHA-256 is
         * in a header. Any other message without a value stands for its origin, which matches nothing unless an
         * ingester wrote it.
         */
        static Letter of(Message message) {
            if (message.value() != null) {
                return new Letter(true, PacketDigest.of(message.value()));
            }
            Headers headers = message.headers();
            byte[] sha256 = headers.last(DeadLetter.VALUE_SHA256);
            boolean hadNone = text(headers, "reason").equals(DeadLetter.Reason.NULL_VALUE.text());
            return sha256 == null || hadNone
                    ? new Letter(false, originOf(headers))
                    : PacketDigest.ofSha256(sha256)
                            .map(digest -> new Letter(true, digest))
                            .orElseGet(() -> new Letter(false, originOf(headers)));
        }

        private static PacketDigest originOf(Headers headers) {
            return origin(
                    text(headers, "topic"),
                    text(headers, "partition"),
                    text(headers, "offset"),
                    text(headers, "timestamp"));
        }

        private static String text(Headers headers, String name) {
            byte[] value = headers.last(DeadLetter.PREFIX + name);
            return value == null ? "" : new String(value, UTF_8);
        }
    }

    /**
     * Adds a dead letter.
     *
     * @throws AuditException if there is no room for another one
     */
    void add(Letter letter) {
        if (!(letter.hasValue() ? values : origins).add(letter.digest())) {
            throw new AuditException(
                    ("%s (DEAD_LETTER_TOPIC) holds more than %d different messages, as many as fit into"
                                    + " this process's memory; give it a larger heap (-Xmx), or begin at a later time"
                                    + " (AUDIT_FROM): dead letters are then read from two days before")
                            .formatted(topic, capacity));
        }
    }

    /** Whether a message with this value was set aside. */
    boolean hasValue(PacketDigest digest) {
        return values.contains(digest);
    }

    /** Whether this message, which has no value, was set aside. */
    boolean hasOrigin(Message message) {
        return origins.contains(origin(
                message.topic(),
                Integer.toString(message.partition()),
                Long.toString(message.offset()),
                Long.toString(message.timestampMillis())));
    }

    /** Includes the timestamp, since a topic that is deleted and created again reuses its offsets. */
    private static PacketDigest origin(String topic, String partition, String offset, String timestampMillis) {
        return PacketDigest.of(
                String.join("/", topic, partition, offset, timestampMillis).getBytes(UTF_8));
    }
}
