package io.alertstream.score;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.avro.profile.AlertProfile;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the alert's id in a broker's output: a message is an alert in wire format, a decimal id, or a JSON object with
 * the profile's field, {@code alertId} or {@code diaSourceId}; a line is an id, or an id and a time separated by a
 * comma.
 */
final class OutputIds {

    /** What a line may be. */
    static final String LINE_FORM =
            "expected ID or ID,TIME, the time in milliseconds since 1970 or as 2026-11-22T03:00:00Z";

    private static final Pattern ID = Pattern.compile("\\s*(\\d{1,19})\\s*");
    private static final Pattern LINE = Pattern.compile("\\s*(\\d{1,19})\\s*(?:,\\s*(\\S{1,40})\\s*)?");
    private static final Pattern MILLIS = Pattern.compile("\\d{1,15}");
    private static final List<String> FIELDS = List.of("alertId", "diaSourceId");
    private static final int MAX_TEXT = 1 << 16;

    /**
     * One line of a file.
     *
     * @param millis when the broker wrote it; empty if the line has no time
     */
    record Line(long id, OptionalLong millis) {}

    private OutputIds() {}

    /** What a message may be. */
    static String message(AlertProfile profile) {
        return "expected an alert in wire format, an id in decimal digits, or JSON with "
                + String.join(" or ", fields(profile));
    }

    /** Fields of a JSON object. The profile's come first: {@code alertId} may be a broker's own. */
    private static Set<String> fields(AlertProfile profile) {
        Set<String> names = new LinkedHashSet<>();
        profile.id().forEach(path -> names.add(lastName(path)));
        names.addAll(FIELDS);
        return names;
    }

    /**
     * The id in a message; empty if there is none.
     *
     * @param packets reads alerts in wire format
     */
    static Future<OptionalLong> ofMessage(byte[] value, Packets packets) {
        if (value == null || value.length == 0) {
            return Future.succeededFuture(OptionalLong.empty());
        }
        return value[0] == 0 ? packets.id(value) : Future.succeededFuture(ofText(value, fields(packets.profile())));
    }

    private static OptionalLong ofText(byte[] value, Set<String> fields) {
        if (value.length > MAX_TEXT) {
            return OptionalLong.empty();
        }
        String text = new String(value, UTF_8);
        if (!text.strip().startsWith("{")) {
            return number(text);
        }
        try {
            JsonObject json = new JsonObject(text);
            return fields.stream()
                    .map(json::getValue)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .map(id -> number(id.toString()))
                    .orElseGet(OptionalLong::empty);
        } catch (DecodeException e) {
            return OptionalLong.empty();
        }
    }

    /** The name of a field within records: {@code candid} of {@code candidate.candid}. */
    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static OptionalLong number(String text) {
        Matcher matcher = ID.matcher(text);
        try {
            return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Reads a line of a file; empty if it isn't one. */
    static Optional<Line> ofLine(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            long id = Long.parseLong(matcher.group(1));
            String time = matcher.group(2);
            if (time == null) {
                return Optional.of(new Line(id, OptionalLong.empty()));
            }
            long millis = MILLIS.matcher(time).matches()
                    ? Long.parseLong(time)
                    : Instant.parse(time).toEpochMilli();
            return Optional.of(new Line(id, OptionalLong.of(millis)));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
