package io.alertstream.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A message that can't be archived, and the reason. Key, value and headers are sent unchanged; the rest is appended
 * as text headers. Headers with the same names are dropped, so that a sender can't forge them.
 *
 * @param reasonText one line for operators
 * @param checksum CRC-32C of the value, eight hexadecimal digits; only in a conflict
 * @param storedChecksum CRC-32C of the archive's object under the same id; only in a conflict
 */
public record DeadLetter(
        Message message,
        Reason reason,
        String reasonText,
        OptionalInt schemaId,
        OptionalLong alertId,
        Optional<String> checksum,
        Optional<String> storedChecksum) {

    /** The prefix of these headers' names. */
    public static final String PREFIX = "dead-letter-";

    /** SHA-256 of a value that was too large, in hexadecimal digits. */
    public static final String VALUE_SHA256 = PREFIX + "value-sha256";

    /** Limit of key and headers that are sent without their value: any topic that accepts alerts accepts this much. */
    private static final int MAX_KEPT_BYTES = 4096;

    /** Longer texts are truncated: they may quote a schema or a registry's answer. */
    private static final int MAX_TEXT = 500;

    /** Why a message can't be archived. */
    public enum Reason {
        /** The message can't be fetched or unpacked within the limits. Only its origin is known. */
        UNREADABLE,
        /** The message has no value. */
        NULL_VALUE,
        /** The value is shorter than the wire format's header, or its first byte isn't zero. */
        NOT_WIRE_FORMAT,
        /** The registry has no such schema. */
        UNKNOWN_SCHEMA,
        /** The registry's schema isn't Avro, or has no alert id. */
        UNUSABLE_SCHEMA,
        /** The archive has another schema under the same id. */
        SCHEMA_CONFLICT,
        /** The bytes up to the alert id don't match the schema. */
        UNDECODABLE,
        /** The archive has other bytes under the same alert id. */
        CONFLICT;

        /** The name in headers and metrics, such as {@code null-value}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public DeadLetter {
        reasonText = reasonText.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        reasonText = reasonText.substring(0, Math.min(reasonText.length(), MAX_TEXT));
    }

    /** A message whose schema id is unknown. */
    public static DeadLetter of(Message message, Reason reason, String text) {
        return new DeadLetter(
                message, reason, text, OptionalInt.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());
    }

    /** A message whose schema id is known. */
    public static DeadLetter of(Message message, Reason reason, String text, int schemaId) {
        return new DeadLetter(
                message,
                reason,
                text,
                OptionalInt.of(schemaId),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The message to send. */
    public NewMessage to(String topic) {
        return new NewMessage(topic, null, message.key(), message.value(), headers(message.headers()));
    }

    /**
     * The message to send if the whole is too large for Kafka: length and SHA-256 replace the value, and key and
     * headers are omitted too unless they are small.
     */
    public NewMessage withoutValueTo(String topic) {
        boolean small = keyAndHeaderBytes() <= MAX_KEPT_BYTES;
        byte[] value = message.value() == null ? new byte[0] : message.value();
        Headers headers = headers(small ? message.headers() : Headers.NONE)
                .and(PREFIX + "value-bytes", text(value.length))
                .and(VALUE_SHA256, text(sha256(value)));
        return new NewMessage(topic, null, small ? message.key() : null, null, headers);
    }

    private long keyAndHeaderBytes() {
        return message.headers().bytes() + (message.key() == null ? 0 : message.key().length);
    }

    private static String sha256(byte[] value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private Headers headers(Headers ofMessage) {
        List<Headers.Header> headers = new ArrayList<>();
        ofMessage.without(name -> name.startsWith(PREFIX)).forEach(headers::add);
        put(headers, "topic", message.topic());
        put(headers, "partition", message.partition());
        put(headers, "offset", message.offset());
        put(headers, "timestamp", message.timestampMillis());
        put(headers, "reason", reason.text());
        put(headers, "reason-text", reasonText);
        schemaId.ifPresent(id -> put(headers, "schema-id", Integer.toUnsignedString(id)));
        alertId.ifPresent(id -> put(headers, "alert-id", id));
        checksum.ifPresent(text -> put(headers, "crc32c", text));
        storedChecksum.ifPresent(text -> put(headers, "stored-crc32c", text));
        return Headers.of(headers);
    }

    private static void put(List<Headers.Header> headers, String name, Object value) {
        headers.add(new Headers.Header(PREFIX + name, text(value)));
    }

    private static byte[] text(Object value) {
        return value.toString().getBytes(UTF_8);
    }
}
