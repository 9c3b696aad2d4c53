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

/** What the ingester counts. Names begin with {@code alertstream.ingester}; counters exist from the start, at 0. */
final class IngesterMetrics {

    private static final String PREFIX = "alertstream.ingester.";

    /** What became of an alert, or of a message that isn't one. */
    enum Result {
        /** It is in the archive now. */
        STORED,
        /** The archive had it already, and was asked. */
        DUPLICATE,
        /** This process archived it a short while ago, and asked nobody. */
        RECENT,
        /** It is in the dead-letter topic. */
        DEAD_LETTER,
        /** It was put into the dead-letter topic a short while ago, and isn't again. */
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
                .description("Messages by what became of them")
                .tag("result", text(result)));
        bytes = counters(meters, Result.class, result -> Counter.builder(PREFIX + "bytes")
                .description("Bytes of messages, before compression, by what became of them")
                .baseUnit("bytes")
                .tag("result", text(result)));
        retries = counters(meters, Dependency.class, dependency -> Counter.builder(PREFIX + "retries")
                .description("Attempts that failed and are made again")
                .tag("dependency", dependency.text()));
        deadLetters = counters(meters, DeadLetter.Reason.class, reason -> Counter.builder(PREFIX + "dead.letters")
                .description("Messages that can't be archived, each time they come")
                .tag("reason", reason.text()));
        storeLatency = Timer.builder(PREFIX + "store.latency")
                .description("Time until an alert is durable or known to be, without compression")
                .publishPercentileHistogram()
                .register(meters);
        gauge(meters, "in.flight", "bytes", "Read from Kafka and not durable yet", () -> openBytes);
        gauge(
                meters,
                "lag",
                "messages",
                "In this member's partitions and not durable yet, within 10 s",
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

    /** What gauges show from now on, NaN for what isn't known: they are read on other threads than the ingester's. */
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
