package io.alertstream.replayer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.bus.Fact;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.MemoryKafka;
import io.alertstream.kafka.VisitHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** A replayer between in-memory topics, on a clock that the test advances. */
abstract class ReplayerFixture {

    static final String STATIC = "alerts-static";
    static final String REPLAY = "alerts-simulated";
    static final Duration INTERVAL = Duration.ofSeconds(37);

    final ManualTimers timers = new ManualTimers();
    final MemoryKafka kafka = new MemoryKafka();
    final MemoryKafka.Producer producer = kafka.producer();
    private final MemoryKafka.Reader reader = kafka.reader();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<Fact.VisitReplayed> visits = new ArrayList<>();
    final List<Fact.VisitPlanned> plans = new ArrayList<>();
    final List<Duration> ends = new ArrayList<>();
    final List<Throwable> fatal = new ArrayList<>();
    final Stragglers stragglers = new Stragglers(timers, producer);
    Preparations preparations = Preparations.VERBATIM;
    Replayer replayer;

    @BeforeEach
    void topics() {
        kafka.create(REPLAY, 8);
        replayer = replayer(INTERVAL, false);
    }

    Replayer replayer(Duration interval, boolean paused) {
        return new Replayer(
                new ReplayerSettings(null, STATIC, REPLAY, interval, paused, Optional.empty()),
                timers,
                kafka,
                reader,
                new VisitReplays(REPLAY, timers, producer, preparations, stragglers, new ReplayerMeters(meters)),
                new ReplayerMeters(meters),
                fact -> {
                    if (fact instanceof Fact.VisitReplayed visit) {
                        visits.add(visit);
                        ends.add(now());
                    } else {
                        plans.add((Fact.VisitPlanned) fact);
                    }
                },
                fatal::add);
    }

    /** Creates the static topic with alerts named after the visit. */
    void load(String visit, double... offsetsSeconds) {
        kafka.create(STATIC, 1);
        for (int i = 0; i < offsetsSeconds.length; i++) {
            put(visit + i, offsetsSeconds[i], offsetsSeconds.length);
        }
    }

    void put(String value, double offsetSeconds, int total) {
        kafka.put(
                STATIC,
                null,
                value.getBytes(UTF_8),
                Headers.of(VisitHeaders.TIME_OFFSET, VisitHeaders.timeOffset(Math.round(offsetSeconds * 1e6)))
                        .and(VisitHeaders.VISIT_ALERTS, VisitHeaders.visitAlerts(total)));
    }

    List<String> replayed() {
        return kafka.messages(REPLAY).stream()
                .map(message -> new String(message.value(), UTF_8))
                .toList();
    }

    private Duration now() {
        return Duration.ofNanos(timers.nanos());
    }

    void pass(double seconds) {
        timers.pass(Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    double count(String meter) {
        return meters.get(meter).counter().count();
    }
}
