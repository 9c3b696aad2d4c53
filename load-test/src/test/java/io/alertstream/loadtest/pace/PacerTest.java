package io.alertstream.loadtest.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.loadtest.workload.Workload.Schedule;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PacerTest {

    private final FakeTicker ticker = new FakeTicker();

    @Test
    void lateOperationsKeepTheirDueTime() throws InterruptedException {
        Pacer pacer = new Pacer(Pace.of(new Schedule.Rate(1000)), ticker, 5_000_000);
        assertThat(pacer.awaitNext()).isEqualTo(5_000_000);
        assertThat(ticker.now).isEqualTo(5_000_000);
        ticker.now += 10_000_000; // the system stalls for 10 ms
        for (int number = 1; number <= 10; number++) {
            assertThat(pacer.awaitNext()).isEqualTo(5_000_000 + number * 1_000_000L);
            assertThat(ticker.now).isEqualTo(15_000_000);
        }
        assertThat(pacer.awaitNext()).isEqualTo(16_000_000);
        assertThat(ticker.now).isEqualTo(16_000_000);
        assertThat(pacer.number()).isEqualTo(12);
        assertThat(pacer.omitted(20_000_000)).isEqualTo(3);
    }

    @Test
    void withoutAScheduleEverythingIsDueNowButNothingBeforeTheStart() throws InterruptedException {
        ticker.now = 100;
        Pacer pacer = new Pacer(Pace.of(new Schedule.FullSpeed()), ticker, 150);
        assertThat(pacer.awaitNext()).isEqualTo(150);
        assertThat(ticker.now).isEqualTo(150);
        ticker.now = 200;
        assertThat(pacer.awaitNext()).isEqualTo(200);
    }

    @Test
    void visitsComeInBurstsByDetector() {
        Duration every = Duration.ofSeconds(37);
        Pace pace = Pace.of(new Schedule.Visits(10_000, every, Duration.ofSeconds(3)));
        long[] first = LongStream.range(0, 10_000).map(pace::dueNanos).toArray();
        assertThat(first).isSorted();
        assertThat(first[0]).isZero();
        assertThat(first[9_999]).isBetween(2_500_000_000L, 3_000_000_000L);
        assertThat(LongStream.of(first).distinct().count()).isEqualTo(189);
        assertThat(pace.dueNanos(10_000)).isEqualTo(every.toNanos());
        assertThat(pace.dueNanos(29_999)).isEqualTo(2 * every.toNanos() + first[9_999]);
    }

    @Test
    void aSmallVisitIsSpreadOverTheSameTime() {
        Pace pace = Pace.of(new Schedule.Visits(2, Duration.ofSeconds(1), Duration.ZERO));
        assertThat(LongStream.range(0, 4).map(pace::dueNanos)).containsExactly(0L, 0L, 1_000_000_000L, 1_000_000_000L);
    }

    private static final class FakeTicker implements Ticker {

        private long now;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void sleepUntil(long nanos) {
            now = Math.max(now, nanos);
        }
    }
}
