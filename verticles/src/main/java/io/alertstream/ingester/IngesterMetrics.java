package io.alertstream.ingester;

import io.alertstream.kafka.DeadLetter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The ingester's metrics. Names begin with {@code alertstream.ingester}; counters start at 0, so that they exist
 * before the first event.
 */
final class IngesterMetrics {

    private static final String PREFIX = "alertstream.ingester.";

    /** The result for one message. */
    enum Result {
        /** Stored in the archive. */
        STORED,
        /** Found in the archive. */
        DUPLICATE,
        /** Archived by this process a short while ago; the archive wasn't asked. */
        RECENT,
        /** Sent to the dead-letter topic. */
        DEAD_LETTER,
        /** Sent to the dead-letter topic a short while ago, and not again. */
        RECENT_DEAD_LETTER
    }

    /** What the ingester depends on. */
    enum Dependency {
        STORE,
        REGISTRY,
        DEAD_LETTER_TOPIC;

        String text() {
            return IngesterMetrics.text(this);
        }
    }

    private final Map<Result, Counter> results;
    private final Map<Result, Counter> bytes;
    private final Map<Dependency, Counter> retries;
    private final Map<DeadLetter.Reason, Counter> deadLetters;
    private final Timer storeLatency;
    private volatile long openBytes;
    private volatile double lagMessages = Double.NaN;
    private volatile double lagSeconds = Double.NaN;

    IngesterMetrics(MeterRegistry meters) {
        results = counters(meters, Result.class, result -> Counter.builder(PREFIX + "alerts")
                .description("Messages by result")
                .tag("result", text(result)));
        bytes = counters(meters, Result.class, result -> Counter.builder(PREFIX + "bytes")
                .description("Bytes of messages, before compression, by result")
                .baseUnit("bytes")
                .tag("result", text(result)));
        retries = counters(meters, Dependency.class, dependency -> Counter.builder(PREFIX + "retries")
                .description("Failed attempts that are retried")
                .tag("dependency", dependency.text()));
        deadLetters = counters(meters, DeadLetter.Reason.class, reason -> Counter.builder(PREFIX + "dead.letters")
                .description("Messages that can't be archived, counted each time they are delivered")
                .tag("reason", reason.text()));
        storeLatency = Timer.builder(PREFIX + "store.latency")
                .description("Time until an alert is durable, without compression")
                .publishPercentileHistogram()
                .register(meters);
        gauge(meters, "in.flight", "bytes", "Read from Kafka and not durable yet", () -> openBytes);
        gauge(
                meters,
                "lag",
                "messages",
                "Messages in this member's partitions that aren't durable yet, updated every 10 s",
                () -> lagMessages);
        gauge(meters, "lag.age", "seconds", "Age of the oldest message that isn't durable yet", () -> lagSeconds);
    }

    private static <E extends Enum<E>> Map<E, Counter> counters(
            MeterRegistry meters, Class<E> tags, Function<E, Counter.Builder> counter) {
        return Arrays.stream(tags.getEnumConstants())
                .collect(Collectors.toMap(
                        tag -> tag,
                        tag -> counter.apply(tag).register(meters),
                        (one, other) -> one,
                        () -> new EnumMap<>(tags)));
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void count(Result result, int messageBytes) {
        results.get(result).increment();
        bytes.get(result).increment(messageBytes);
    }

    void retry(Dependency dependency) {
        retries.get(dependency).increment();
    }

    void deadLetter(DeadLetter.Reason reason) {
        deadLetters.get(reason).increment();
    }

    void stored(long nanos) {
        storeLatency.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Sets the values of the gauges, NaN if unknown. Gauges are read on other threads. */
    void observe(long openBytes, double lagMessages, double lagSeconds) {
        this.openBytes = openBytes;
        this.lagMessages = lagMessages;
        this.lagSeconds = lagSeconds;
    }

    private static void gauge(
            MeterRegistry meters, String name, String unit, String description, Supplier<Number> value) {
        Gauge.builder(PREFIX + name, value)
                .baseUnit(unit)
                .description(description)
                .strongReference(true)
                .register(meters);
    }
}
