package io.alertstream.ingester;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.kafka.DeadLetter.Reason;
import io.alertstream.kafka.Message;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Tells a dead letter that comes again: the reason, and the bytes of the message or, where it has none, its origin. A checksum of 32 bits would take
 * different messages for the same now and then, and one of them would be lost; 128 bits of SHA-256 don't.
 */
record Fingerprint(Reason reason, long high, long low) {

    /** Of an alert that conflicts with the archive. */
    static Fingerprint ofConflict(long alertId, int crc32c) {
        return new Fingerprint(Reason.CONFLICT, alertId, crc32c);
    }

    /** Of any other message that can't be archived. */
    static Fingerprint of(Reason reason, Message message) {
        byte[] bytes = message.value() == null ? origin(message) : message.value();
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
            return new Fingerprint(reason, digest.getLong(), digest.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Tells messages without a value apart: what they say is in their keys, so that none stands for another. */
    private static byte[] origin(Message message) {
        return (message.topic() + "/" + message.partition() + "/" + message.offset()).getBytes(UTF_8);
    }
}
