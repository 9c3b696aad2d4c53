package io.alertstream.loadtest.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alertstream.loadtest.report.Figure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeterTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    private final Window window = new Window();
    private final Meter meter = new Meter("work", window, true);

    @Test
    void warmUpAndLateOperationsAreExcluded() {
        meter.done(0, 500 * MILLI, 1000); // before anything is measured
        window.begin(10 * SECOND);
        meter.done(9 * SECOND, 11 * SECOND, 1000);
        for (int i = 0; i < 100; i++) {
            meter.done(10 * SECOND + i * MILLI, 10 * SECOND + i * MILLI + 5 * MILLI, 1_000_000);
        }
        window.end(20 * SECOND);
        meter.done(20 * SECOND, 99 * SECOND, 1000);

        assertThat(value("work.alerts")).isEqualTo(100);
        assertThat(value("work.latency.max")).isEqualTo(5, within(0.01));
        assertThat(value("work.rate")).isEqualTo(10);
        assertThat(value("work.throughput")).isEqualTo(10);
        assertThat(meter.all()).isEqualTo(103);
    }

    @Test
    void withoutAScheduleTheRateCountsUntilTheLastOperation() {
        Meter unscheduled = new Meter("work", window, false);
        window.begin(0);
        for (int i = 0; i < 50; i++) {
            unscheduled.count(i, 2 * SECOND, 10);
        }
        window.end(100 * SECOND);
        assertThat(figure(unscheduled.figures(), "work.rate")).isEqualTo(25);
        assertThat(unscheduled.figures()).extracting(Figure::name).doesNotContain("work.latency.p50");
    }

    @Test
    void withoutAScheduleOperationsInTheWindowCount() {
        Meter unscheduled = new Meter("work", window, false);
        window.begin(10 * SECOND);
        for (int second = 0; second < 20; second++) {
            unscheduled.done(second * SECOND, (second + 4) * SECOND, 10); // four seconds in the producer's buffer
            if (second + 4 == 15) {
                window.end(15 * SECOND + 1);
            }
        }
        assertThat(figure(unscheduled.figures(), "work.alerts")).isEqualTo(6);
        assertThat(figure(unscheduled.figures(), "work.rate")).isEqualTo(6 / 5.0);
    }

    @Test
    void percentilesHaveThreeDigits() {
        window.begin(0);
        for (int i = 1; i <= 10_000; i++) {
            meter.done(0, i * MILLI, 1);
        }
        window.end(1);
        Map.of("p50", 5_000, "p90", 9_000, "p99", 9_900, "p99.9", 9_990, "max", 10_000)
                .forEach((name, millis) ->
                        assertThat(value("work.latency." + name)).isEqualTo(millis, within(millis / 999.0)));
    }

    @Test
    void errorsAreCountedByReason() {
        meter.failed("status 503");
        meter.failed("status 503");
        meter.failed("TimeoutException");
        assertThat(value("work.errors")).isEqualTo(3);
        assertThat(value("work.errors (status 503)")).isEqualTo(2);
        assertThat(value("work.alerts")).isZero();
    }

    private double value(String name) {
        return figure(meter.figures(), name);
    }

    private static double figure(List<Figure> figures, String name) {
        return figures.stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
