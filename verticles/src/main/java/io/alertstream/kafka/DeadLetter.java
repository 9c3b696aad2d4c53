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
 * A message that can't be archived, and why. Key, value and headers travel on unchanged; the rest becomes headers of its
 * own behind them, all of them text. Headers that came under the same names don't travel on: nobody but us says what was
 * set aside.
 *
 * @param reasonText one line for people
 * @param checksum CRC-32C of the value, eight hexadecimal digits; in a conflict alone
 * @param storedChecksum CRC-32C of what the archive holds under the same id, alike
 */
public record DeadLetter(
        Message message,
        Reason reason,
        String reasonText,
        OptionalInt schemaId,
        OptionalLong alertId,
        Optional<String> checksum,
        Optional<String> storedChecksum) {

    /** What the names of these headers begin with. */
    public static final String PREFIX = "dead-letter-";

    /** Where the value was too large: its SHA-256, in hexadecimal digits. */
    public static final String VALUE_SHA256 = PREFIX + "value-sha256";

    /** Key and headers up to so many bytes are kept without the value: any topic that takes alerts takes them. */
    private static final int MAX_KEPT_BYTES = 4096;

    /** Longer texts are cut: they may quote a schema or what a registry said. */
    private static final int MAX_TEXT = 500;

    /** Why a message can't be archived. */
    public enum Reason {
        /** It can't be fetched or unpacked within bounds. Only its origin is known. */
        UNREADABLE,
        /** It has no value. */
        NULL_VALUE,
        /** It is shorter than the wire format's header, or begins with another byte than zero. */
        NOT_WIRE_FORMAT,
        /** The registry says that it has no such schema. */
        UNKNOWN_SCHEMA,
        /** What the registry has isn't an Avro schema, or has no alert id. */
        UNUSABLE_SCHEMA,
        /** The archive holds another schema under the same id. */
        SCHEMA_CONFLICT,
        /** The bytes up to the alert's id aren't what the schema says. */
        UNDECODABLE,
        /** The archive holds other bytes under the same alert id. */
        CONFLICT;

        /** As it is written in headers and metrics: {@code null-value}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public DeadLetter {
        reasonText = reasonText.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        reasonText = reasonText.substring(0, Math.min(reasonText.length(), MAX_TEXT));
    }

    /** A message that wasn't read as far as the schema id. */
    public static DeadLetter of(Message message, Reason reason, String text) {
        return new DeadLetter(
                message, reason, text, OptionalInt.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());
    }

    /** A message of which the schema id is known. */
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

    /** As it is sent. */
    public NewMessage to(String topic) {
        return new NewMessage(topic, null, message.key(), message.value(), headers(message.headers()));
    }

    /**
     * As it is sent where Kafka takes no message as large as all of it: the value's length and SHA-256 stand for the
     * value, and key and headers go too if they aren't small.
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
