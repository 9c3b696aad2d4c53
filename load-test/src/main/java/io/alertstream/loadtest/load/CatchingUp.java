package io.alertstream.loadtest.load;

import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Figure.Better;
import io.alertstream.loadtest.workload.Workload;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until a group has no lag. The rate counts from the first commit seen to the one that leaves no lag, so that it
 * excludes the time until the group has started; if a single commit covers the whole backlog, it counts from the
 * beginning.
 */
final class CatchingUp {

    private static final long PAUSE_MILLIS = 50;
    private static final long SHOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Workload.CatchUp work;
    private final Cluster cluster;
    private final List<TopicPartition> partitions;

    CatchingUp(Workload.CatchUp work, Cluster cluster, List<TopicPartition> partitions) {
        this.work = work;
        this.cluster = cluster;
        this.partitions = partitions;
    }

    List<Figure> await(Consumer<String> live) throws InterruptedException {
        long start = System.nanoTime();
        long first = cluster.lag(work.group(), partitions);
        long baseLag = first;
        long baseNanos = start;
        long shownNanos = start;
        long lag = first;
        long now = start;
        while (lag > 0 && now - start < work.patience().toNanos()) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            try {
                lag = cluster.lag(work.group(), partitions);
            } catch (LoadTestException e) {
                live.accept(work.group() + " is asked for again: " + e.getMessage());
            }
            now = System.nanoTime();
            if (baseLag == first) {
                baseLag = lag;
                baseNanos = now;
            }
            if (now - shownNanos > SHOW_NANOS) {
                shownNanos = now;
                live.accept(work.group() + (lag == first ? " waits, lag " : " catches up, lag ") + lag);
            }
        }
        if (baseLag == lag) {
            // A single commit covered everything, so only the beginning is left to count from.
            baseLag = first;
            baseNanos = start;
        }
        double seconds = Math.max(1, now - baseNanos) / 1e9;
        return List.of(
                new Figure("catchUp.backlog", first, "alerts", Better.NEITHER),
                new Figure("catchUp.rate", (baseLag - lag) / seconds, "alerts/s", Better.HIGHER),
                new Figure("catchUp.measured", seconds, "s", Better.NEITHER),
                new Figure("catchUp.left", lag, "alerts", Better.LOWER));
    }
}
