package io.alertstream.ingester;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.archive.PacketDigest;
import io.alertstream.kafka.DeadLetter.Reason;
import io.alertstream.kafka.Message;

/**
 * Recognizes a dead letter that comes again, by its reason and the digest of its bytes. A message without a value has its
 * origin instead: its key may say anything, so none stands for another.
 */
record Fingerprint(Reason reason, PacketDigest digest) {

    static Fingerprint of(Reason reason, Message message) {
        return new Fingerprint(reason, PacketDigest.of(message.value() == null ? origin(message) : message.value()));
    }

    /** With the time, since a topic that was deleted and created again has the same offsets once more. */
    private static byte[] origin(Message message) {
        return (message.topic() + "/" + message.partition() + "/" + message.offset() + "/" + message.timestampMillis())
                .getBytes(UTF_8);
    }
}
