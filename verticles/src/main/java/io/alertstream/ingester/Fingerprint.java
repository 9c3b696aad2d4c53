package io.alertstream.ingester;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.archive.PacketDigest;
import io.alertstream.kafka.DeadLetter.Reason;
import io.alertstream.kafka.Message;

/**
 * Recognizes a redelivered dead letter by its reason and the digest of its value. A message without a value is
 * recognized by its origin: keys needn't be unique.
 */
record Fingerprint(Reason reason, PacketDigest digest) {

    static Fingerprint of(Reason reason, Message message) {
        return new Fingerprint(reason, PacketDigest.of(message.value() == null ? origin(message) : message.value()));
    }

    /** Includes the timestamp, since a recreated topic uses the same offsets again. */
    private static byte[] origin(Message message) {
        return (message.topic() + "/" + message.partition() + "/" + message.offset() + "/" + message.timestampMillis())
                .getBytes(UTF_8);
    }
}
