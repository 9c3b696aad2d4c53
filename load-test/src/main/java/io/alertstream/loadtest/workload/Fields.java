package io.alertstream.loadtest.workload;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of one mapping of a workload. An invalid field is noted as a problem and replaced by its default, so that
 * reading continues and finds the next problem.
 */
final class Fields {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(B|KiB|MiB)");

    private final String path;
    private final JsonNode node;
    private final List<String> problems;
    private final Set<String> known = new HashSet<>();

    Fields(String path, JsonNode node, List<String> problems) {
        this.path = path;
        this.node = node;
        this.problems = problems;
        if (!node.isObject()) {
            problems.add((path.isEmpty() ? "the file" : path) + ": expected fields, got " + node);
        }
    }

    boolean has(String name) {
        return node.has(name);
    }

    /** A nested mapping, if present. */
    Optional<Fields> part(String name) {
        known.add(name);
        return node.has(name) ? Optional.of(new Fields(path(name), node.get(name), problems)) : Optional.empty();
    }

    String text(String name, String otherwise, String expected, Predicate<String> right) {
        return read(name, otherwise, expected, text -> right.test(text) ? text : null);
    }

    long number(String name, long otherwise, long min, long max) {
        return read(name, otherwise, "a whole number, " + min + " to " + max, text -> {
            long number = Long.parseLong(text);
            return number >= min && number <= max ? number : null;
        });
    }

    double decimal(String name, double otherwise, double above, double max) {
        return read(name, otherwise, "a number, more than " + above + " and at most " + max, text -> {
            double number = Double.parseDouble(text);
            return number > above && number <= max ? number : null;
        });
    }

    Duration duration(String name, Duration otherwise, Duration min, Duration max) {
        String expected = "a duration from %s to %s, written 37s, 5m, 250ms or as ISO-8601 (PT37S)".formatted(min, max);
        return read(name, otherwise, expected, text -> {
            Duration duration = duration(text);
            return duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0 ? duration : null;
        });
    }

    int size(String name, int otherwise, int max) {
        return read(name, otherwise, "a size up to " + max + " bytes, written 64KiB, 1MiB or 1000B", text -> {
            Matcher matcher = SIZE.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            int shift = matcher.group(2).equals("B") ? 0 : matcher.group(2).equals("KiB") ? 10 : 20;
            long bytes = Long.parseLong(matcher.group(1)) << shift;
            return bytes <= max ? (int) bytes : null;
        });
    }

    List<String> texts(String name) {
        known.add(name);
        List<String> texts = new ArrayList<>();
        JsonNode list = node.path(name);
        list.forEach(item -> texts.add(item.asText()));
        if (!list.isArray() || texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
            problem(name, list.toString(), "a list of names such as [alertdb-ingester]");
        }
        return texts;
    }

    /** Notes unknown fields; to be called after all fields have been read. */
    void end() {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add(path(name) + ": there is no such field; known here: "
                        + known.stream().sorted().toList());
            }
        });
    }

    void problem(String name, String found, String expected) {
        problems.add("%s: expected %s, got %s".formatted(path(name), expected, found));
    }

    private <T> T read(String name, T otherwise, String expected, Function<String, T> form) {
        known.add(name);
        if (!node.has(name)) {
            return otherwise;
        }
        JsonNode value = node.get(name);
        T read = null;
        if (value.isValueNode() && !value.isNull()) {
            try {
                read = form.apply(value.asText());
            } catch (NumberFormatException | DateTimeParseException | ArithmeticException e) {
                read = null; // reported below, like any other invalid value
            }
        }
        if (read == null) {
            problem(name, value.toString(), expected);
            return otherwise;
        }
        return read;
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Duration.parse(text);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
