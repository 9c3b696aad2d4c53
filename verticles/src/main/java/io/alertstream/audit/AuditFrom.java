package io.alertstream.audit;

import io.alertstream.settings.Setting;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the audit starts: the values of {@code AUDIT_FROM}. */
public sealed interface AuditFrom {

    Setting<AuditFrom> SETTING = Setting.of(
            "AUDIT_FROM",
            "earliest",
            AuditFrom::parse,
            "where the audit begins: earliest, a time (2026-11-22T03:00:00Z) or offsets (TOPIC:PARTITION:OFFSET,...)");

    /** Applies the function for this starting point. */
    <R> R match(Supplier<R> earliest, Function<Time, R> time, Function<Offsets, R> offsets);

    /** At the earliest message. */
    record Earliest() implements AuditFrom {

        @Override
        public <R> R match(Supplier<R> earliest, Function<Time, R> time, Function<Offsets, R> offsets) {
            return earliest.get();
        }
    }

    /** At messages of this time or later, by their Kafka timestamps. */
    record Time(Instant instant) implements AuditFrom {

        @Override
        public <R> R match(Supplier<R> earliest, Function<Time, R> time, Function<Offsets, R> offsets) {
            return time.apply(this);
        }
    }

    /**
     * At these offsets; in other partitions, at the earliest message.
     *
     * @param next first offset to read, by topic and partition
     */
    record Offsets(Map<String, Map<Integer, Long>> next) implements AuditFrom {

        public Offsets {
            next = Map.copyOf(next);
        }

        @Override
        public <R> R match(Supplier<R> earliest, Function<Time, R> time, Function<Offsets, R> offsets) {
            return offsets.apply(this);
        }
    }

    /**
     * Parses a starting point.
     *
     * @throws IllegalArgumentException with the values allowed
     */
    static AuditFrom parse(String text) {
        if (text.equals("earliest")) {
            return new Earliest();
        }
        try {
            return text.contains("T") && !text.contains(",") && text.endsWith("Z")
                    ? new Time(Instant.parse(text))
                    : offsets(text);
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "earliest, a time such as 2026-11-22T03:00:00Z, or TOPIC:PARTITION:OFFSET, several with commas", e);
        }
    }

    private static Offsets offsets(String text) {
        Pattern form = Pattern.compile("\\s*([a-zA-Z0-9._-]{1,249}):(\\d{1,9}):(\\d{1,18})\\s*");
        Map<String, Map<Integer, Long>> next = new HashMap<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = form.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not an offset: " + part);
            }
            next.computeIfAbsent(matcher.group(1), topic -> new HashMap<>())
                    .put(Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3)));
        }
        return new Offsets(next);
    }
}
