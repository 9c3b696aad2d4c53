package io.alertstream.settings;

import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.avro.profile.InvalidProfileException;
import io.alertstream.settings.Setting.Form;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Parsers for the formats of settings. */
public final class Forms {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB|TiB)?");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
    private static final Map<String, Function<Long, Duration>> DURATION_UNITS = Map.of(
            "ms",
            Duration::ofMillis,
            "s",
            Duration::ofSeconds,
            "m",
            Duration::ofMinutes,
            "h",
            Duration::ofHours,
            "d",
            Duration::ofDays);
    private static final Map<String, Integer> SIZE_SHIFTS = Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30, "TiB", 40);

    private Forms() {}

    /** Text that isn't blank. */
    static Form<String> text(String expected) {
        return text -> {
            if (text.isBlank()) {
                throw new IllegalArgumentException(expected);
            }
            return text;
        };
    }

    /** Text that matches a pattern. */
    public static Form<String> matching(String regex, String expected) {
        Pattern pattern = Pattern.compile(regex);
        return text -> {
            if (!pattern.matcher(text).matches()) {
                throw new IllegalArgumentException(expected);
            }
            return text;
        };
    }

    /** A ConfigMap's namespace and name. */
    static Form<String> configMap() {
        return matching("[a-z0-9-]{1,63}/[a-z0-9.-]{1,253}", "NAMESPACE/NAME of a ConfigMap");
    }

    /** The name of a Kafka topic. */
    static Form<String> topic() {
        return text -> {
            if (!TOPIC.matcher(text).matches() || text.equals(".") || text.equals("..")) {
                throw new IllegalArgumentException("a topic name: 1 to 249 characters of a-z A-Z 0-9 . _ -");
            }
            return text;
        };
    }

    /** A comma-separated list. */
    public static <T> Form<List<T>> list(Form<T> form) {
        return text -> Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(form::parse)
                .toList();
    }

    /** {@code 37s}, {@code 5m}, {@code 250ms} or ISO-8601 such as {@code PT37S}; {@code min} to a year. */
    static Form<Duration> duration(Duration min) {
        String expected = "a duration from " + show(min) + " to 365d, written 37s, 5m, 250ms or as ISO-8601 (PT37S)";
        return text -> {
            Duration duration = parseDuration(text, expected);
            if (duration.compareTo(min) < 0 || duration.compareTo(Duration.ofDays(365)) > 0) {
                throw new IllegalArgumentException(expected);
            }
            return duration;
        };
    }

    private static Duration parseDuration(String text, String expected) {
        Matcher matcher = DURATION.matcher(text);
        try {
            return matcher.matches()
                    ? DURATION_UNITS.get(matcher.group(2)).apply(Long.parseLong(matcher.group(1)))
                    : Duration.parse(text);
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(expected, e);
        }
    }

    private static String show(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    /** A moment in UTC, in ISO-8601. */
    static Form<Instant> instant() {
        return text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("a time such as 2026-11-22T03:00:00Z", e);
            }
        };
    }

    /** Bytes, written {@code 64MiB} (or KiB, GiB, TiB, B, or a bare number of bytes); at least {@code min} bytes. */
    static Form<Long> bytes(long min) {
        String expected = "a size of at least " + min + " bytes, written 64MiB (or B, KiB, GiB, TiB)";
        return text -> {
            Matcher matcher = SIZE.matcher(text);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(expected);
            }
            int shift = matcher.group(2) == null ? 0 : SIZE_SHIFTS.get(matcher.group(2));
            long number = Long.parseLong(matcher.group(1));
            if (number > Long.MAX_VALUE >> shift || number << shift < min) {
                throw new IllegalArgumentException(expected);
            }
            return number << shift;
        };
    }

    /** A whole number between the bounds, both included. */
    public static Form<Integer> integer(int min, int max) {
        String expected = "a whole number, " + min + " to " + max;
        return text -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(expected, e);
            }
            throw new IllegalArgumentException(expected);
        };
    }

    /** A TCP port; 0 picks a free one. */
    static Form<Integer> port() {
        Form<Integer> integer = integer(0, 65_535);
        return text -> {
            try {
                return integer.parse(text);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("a port, 0 to 65535 (0 picks a free one)", e);
            }
        };
    }

    /** {@code true} or {@code false}. */
    public static Form<Boolean> bool() {
        return text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("true or false");
        };
    }

    /** A constant of an enum, in lower case with dashes. */
    public static <E extends Enum<E>> Form<E> oneOf(Class<E> type) {
        Map<String, E> byName = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(
                        constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant -> constant));
        String expected = byName.keySet().stream().sorted().collect(Collectors.joining(", ", "one of ", ""));
        return text -> {
            E constant = byName.get(text);
            if (constant == null) {
                throw new IllegalArgumentException(expected);
            }
            return constant;
        };
    }

    /** The name of an alert profile, or of a file with one. */
    static Form<AlertProfile> profile() {
        return text -> {
            try {
                return AlertProfile.named(text);
            } catch (InvalidProfileException e) {
                throw new IllegalArgumentException(
                        String.join(", ", AlertProfile.BUNDLED) + " or a file with a profile; as a file, "
                                + e.getMessage(),
                        e);
            }
        };
    }

    /** A path in the file system. */
    public static Form<Path> path() {
        return text -> {
            try {
                if (!text.isBlank()) {
                    return Path.of(text);
                }
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("a path", e);
            }
            throw new IllegalArgumentException("a path");
        };
    }

    /** An absolute http or https address. */
    public static Form<URI> httpUrl() {
        String expected = "an address such as http://localhost:8081 or https://host/path";
        return text -> {
            try {
                URI uri = URI.create(text);
                if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                    return uri;
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(expected, e);
            }
            throw new IllegalArgumentException(expected);
        };
    }

    /** Same as {@link #httpUrl}, or a bare HOST:PORT, which means http. */
    public static Form<URI> httpUrlOrHost() {
        Form<URI> url = httpUrl();
        return text -> url.parse(text.contains("://") ? text : "http://" + text);
    }
}
