package io.alertstream.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.archive.PacketDigest;
import io.alertstream.avro.VisitNumber;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** One line of a journal. */
public sealed interface JournalLine {

    /** Handles each kind of line. */
    interface Handler {

        void visitBegun(VisitBegun visit);

        void fault(Fault fault);

        void dropped(Dropped drop);

        void stopped(Stopped stop);
    }

    /** Calls the handler's method for this kind. */
    void handle(Handler handler);

    /** The visit that it is about. */
    VisitNumber visit();

    /**
     * When it happens, which may be slightly in the future: when the visit starts, or when the alert would be published
     * without the fault.
     */
    Instant at();

    /**
     * A visit begins.
     *
     * @param alerts how many it has, before any fault
     * @param fresh whether its alerts have ids of its own
     * @param topic that its alerts go into, if that isn't the replay topic
     */
    record VisitBegun(VisitNumber visit, Instant at, long alerts, boolean fresh, Optional<String> topic)
            implements JournalLine {

        /** A visit to the replay topic. */
        public VisitBegun(VisitNumber visit, Instant at, long alerts, boolean fresh) {
            this(visit, at, alerts, fresh, Optional.empty());
        }

        @Override
        public void handle(Handler handler) {
            handler.visitBegun(this);
        }

        @Override
        public JsonObject toJson() {
            JsonObject json = json("visit", this).put("alerts", alerts).put("fresh", fresh);
            topic.ifPresent(it -> json.put("topic", it));
            return json;
        }
    }

    /**
     * The replayer gives up a visit: it was paused before the visit's start, the static topic changed, or a message
     * couldn't be read or written. Only late alerts and repetitions that it holds back are still published, at their
     * time.
     */
    record Dropped(VisitNumber visit, Instant at) implements JournalLine {

        @Override
        public void handle(Handler handler) {
            handler.dropped(this);
        }

        @Override
        public JsonObject toJson() {
            return json("drop", this);
        }
    }

    /**
     * The replayer stops in an orderly way, during or after a visit. Late alerts and repetitions that it holds back are
     * published at once, and the rest of the visit is dropped: alerts that weren't due yet, and reordered ones.
     */
    record Stopped(VisitNumber visit, Instant at) implements JournalLine {

        @Override
        public void handle(Handler handler) {
            handler.stopped(this);
        }

        @Override
        public JsonObject toJson() {
            return json("stop", this);
        }
    }

    /**
     * A fault is about to be published.
     *
     * @param alertId of the affected alert; for a broken one, of the alert that it replaces
     * @param digest of the published bytes, if they differ from the alert's own
     * @param delay how much later the alert or its repetition is published, or how long nothing is
     * @param after number of the visit's alerts before its fault
     * @param topic that a new major version goes into
     * @param schemaId of a new version
     */
    record Fault(
            FaultKind kind,
            VisitNumber visit,
            Instant at,
            OptionalLong alertId,
            Optional<PacketDigest> digest,
            Duration delay,
            OptionalLong after,
            Optional<String> topic,
            OptionalInt schemaId)
            implements JournalLine {

        /** A fault of one alert. */
        public static Fault ofAlert(
                FaultKind kind,
                VisitNumber visit,
                Instant at,
                long alertId,
                Optional<PacketDigest> digest,
                Duration delay) {
            return new Fault(
                    kind,
                    visit,
                    at,
                    OptionalLong.of(alertId),
                    digest,
                    delay,
                    OptionalLong.empty(),
                    Optional.empty(),
                    OptionalInt.empty());
        }

        /** A fault of a whole visit. */
        public static Fault ofVisit(FaultKind kind, VisitNumber visit, Instant at, long after, Duration delay) {
            return new Fault(
                    kind,
                    visit,
                    at,
                    OptionalLong.empty(),
                    Optional.empty(),
                    delay,
                    OptionalLong.of(after),
                    Optional.empty(),
                    OptionalInt.empty());
        }

        /** A fault of all visits from a given one on. */
        public static Fault ofStream(
                FaultKind kind, VisitNumber visit, Instant at, Optional<String> topic, OptionalInt schemaId) {
            return new Fault(
                    kind,
                    visit,
                    at,
                    OptionalLong.empty(),
                    Optional.empty(),
                    Duration.ZERO,
                    OptionalLong.empty(),
                    topic,
                    schemaId);
        }

        @Override
        public void handle(Handler handler) {
            handler.fault(this);
        }

        @Override
        public JsonObject toJson() {
            JsonObject json = json("fault", this).put("fault", kind.text());
            // A string, because readers that parse numbers as doubles would round it.
            alertId.ifPresent(id -> json.put("alertId", Long.toString(id)));
            digest.ifPresent(it -> json.put("digest", hex(it)));
            after.ifPresent(alerts -> json.put("after", alerts));
            topic.ifPresent(it -> json.put("topic", it));
            schemaId.ifPresent(id -> json.put("schemaId", id));
            return delay.isZero() ? json : json.put("delayMillis", delay.toMillis());
        }
    }

    JsonObject toJson();

    /** The line as it is written. */
    default byte[] toBytes() {
        return toJson().encode().getBytes(UTF_8);
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it isn't one
     */
    static JournalLine of(byte[] bytes) {
        String text = new String(bytes == null ? new byte[0] : bytes, UTF_8);
        try {
            JsonObject json = new JsonObject(text);
            VisitNumber visit = VisitNumber.of(json.getLong("visit")).orElseThrow(() -> notALine(text, null));
            Instant at = Instant.parse(json.getString("at"));
            return switch (json.getString("event")) {
                case "visit" ->
                    new VisitBegun(
                            visit,
                            at,
                            json.getLong("alerts"),
                            json.getBoolean("fresh"),
                            Optional.ofNullable(json.getString("topic")));
                case "drop" -> new Dropped(visit, at);
                case "stop" -> new Stopped(visit, at);
                case "fault" ->
                    new Fault(
                            FaultKind.of(json.getString("fault")).orElseThrow(() -> notALine(text, null)),
                            visit,
                            at,
                            json.containsKey("alertId")
                                    ? OptionalLong.of(Long.parseLong(json.getString("alertId")))
                                    : OptionalLong.empty(),
                            Optional.ofNullable(json.getString("digest")).map(JournalLine::digest),
                            Duration.ofMillis(json.getLong("delayMillis", 0L)),
                            json.containsKey("after") ? OptionalLong.of(json.getLong("after")) : OptionalLong.empty(),
                            Optional.ofNullable(json.getString("topic")),
                            json.containsKey("schemaId")
                                    ? OptionalInt.of(json.getInteger("schemaId"))
                                    : OptionalInt.empty());
                default -> throw notALine(text, null);
            };
        } catch (DecodeException
                | ClassCastException
                | NullPointerException
                | DateTimeParseException
                | NumberFormatException e) {
            throw notALine(text, e);
        }
    }

    private static JsonObject json(String event, JournalLine line) {
        return new JsonObject()
                .put("event", event)
                .put("visit", line.visit().number())
                .put("at", line.at().toString());
    }

    private static String hex(PacketDigest digest) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(digest.high()) + hex.toHexDigits(digest.low());
    }

    private static PacketDigest digest(String hex) {
        if (hex.length() != 32) {
            throw new NumberFormatException("expected 32 hexadecimal digits, got " + hex.length());
        }
        return new PacketDigest(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    private static IllegalArgumentException notALine(String text, Exception cause) {
        String shown = text.length() > 100 ? text.substring(0, 100) + "..." : text;
        return new IllegalArgumentException(
                "expected a line of a journal, such as {\"event\":\"visit\",\"visit\":2026112700001,...}, got "
                        + shown.replaceAll("\\p{Cntrl}", "?"),
                cause);
    }
}
