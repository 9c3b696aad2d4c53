package io.alertstream.replayer;

import com.fasterxml.jackson.databind.JsonNode;
import io.alertstream.journal.FaultKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one fault is injected.
 *
 * @param rate share of the alerts or visits affected
 * @param delay how much later the alert is sent, or how long nothing is
 * @param bytes the size of an oversize packet
 * @param from the first visit affected, counted from 1 since the replayer started
 * @param topic for alerts of a new major version
 */
record FaultRecipe(double rate, Duration delay, int bytes, long from, Optional<String> topic) {

    private static final int DEFAULT_BYTES = 8 << 20;

    /** The Kafka clients used here send and accept 10 MB. */
    private static final int MAX_BYTES = 9 << 20;

    private static final Duration MAX_DELAY = Duration.ofHours(1);
    private static final Duration MAX_REORDERING = Duration.ofSeconds(10);
    private static final Pattern DURATION = Pattern.compile("(\\d{1,7})(ms|s|m)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,8})(KiB|MiB|)");
    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    /** Reads a recipe; anything wrong with it is added to the problems. */
    static FaultRecipe read(FaultKind kind, JsonNode node, List<String> problems) {
        String path = "faults." + kind.text() + ".";
        boolean ofStream = kind.scope() == FaultKind.Scope.STREAM;
        Set<String> known = new HashSet<>(Set.of(ofStream ? "from" : "rate"));
        defaultDelay(kind).ifPresent(delay -> known.add("delay"));
        if (kind == FaultKind.OVERSIZE) {
            known.add("size");
        }
        if (kind == FaultKind.NEW_MAJOR) {
            known.add("topic");
        }
        FaultRecipes.refuseOthers(path, node, known, problems);
        double rate = node.path("rate").asDouble(-1);
        if (!ofStream && !(rate >= 0 && rate <= 1)) {
            problems.add(path + "rate to be from 0 to 1");
        }
        long from = node.path("from").asLong(0);
        if (ofStream && from < 1) {
            problems.add(path + "from to be a visit, counted from 1");
        }
        String topic = node.path("topic").asText("");
        if (kind == FaultKind.NEW_MAJOR && !TOPIC.matcher(topic).matches()) {
            problems.add(path + "topic to be a topic's name");
        }
        return new FaultRecipe(
                ofStream ? 0 : rate,
                delay(kind, path, node, problems),
                bytes(path, node, problems),
                from,
                Optional.of(topic).filter(name -> !name.isEmpty()));
    }

    private static Duration delay(FaultKind kind, String path, JsonNode node, List<String> problems) {
        Duration standard = defaultDelay(kind).orElse(Duration.ZERO);
        if (node.path("delay").isMissingNode()) {
            return standard;
        }
        Matcher matcher = DURATION.matcher(node.path("delay").asText());
        Duration delay = matcher.matches() ? duration(Long.parseLong(matcher.group(1)), matcher.group(2)) : null;
        // Reordered alerts wait in their visit, which lasts longer for it.
        boolean isReordered = kind == FaultKind.REORDERED;
        if (delay == null || delay.compareTo(isReordered ? MAX_REORDERING : MAX_DELAY) > 0) {
            problems.add(path
                    + "delay to be up to %s, written 2s, 500ms or 3m"
                            .formatted(isReordered ? MAX_REORDERING.toSeconds() + " s" : "an hour"));
            return standard;
        }
        return delay;
    }

    private static Duration duration(long count, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            default -> Duration.ofMinutes(count);
        };
    }

    private static Optional<Duration> defaultDelay(FaultKind kind) {
        return switch (kind) {
            case DUPLICATE, ALTERED -> Optional.of(Duration.ZERO);
            case REORDERED -> Optional.of(Duration.ofSeconds(2));
            case LATE -> Optional.of(Duration.ofMinutes(3));
            case STOPPED -> Optional.of(Duration.ofMinutes(1));
            default -> Optional.empty();
        };
    }

    private static int bytes(String path, JsonNode node, List<String> problems) {
        if (node.path("size").isMissingNode()) {
            return DEFAULT_BYTES;
        }
        Matcher matcher = SIZE.matcher(node.path("size").asText());
        long bytes = matcher.matches() ? Long.parseLong(matcher.group(1)) << shift(matcher.group(2)) : -1;
        if (bytes < 0 || bytes > MAX_BYTES) {
            problems.add(path + "size to be up to 9MiB");
            return DEFAULT_BYTES;
        }
        return (int) bytes;
    }

    private static int shift(String unit) {
        return switch (unit) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            default -> 0;
        };
    }
}
