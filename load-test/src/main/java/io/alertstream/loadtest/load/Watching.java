package io.alertstream.loadtest.load;

import io.alertstream.loadtest.measure.Window;
import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Figure.Better;
import io.alertstream.loadtest.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/** The lag of other programs' groups, once a second. */
final class Watching implements Part {

    private final Cluster cluster;
    private final List<TopicPartition> partitions;
    private final Window window;
    private final Map<String, LagTrack> tracks = new LinkedHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch");
        thread.setDaemon(true);
        return thread;
    });

    Watching(Workload.Watch work, Cluster cluster, List<TopicPartition> partitions, Window window) {
        this.cluster = cluster;
        this.partitions = partitions;
        this.window = window;
        work.groups()
                .forEach(group -> tracks.put(group, new LagTrack(work.cycle().toNanos())));
    }

    @Override
    public void prepare() {
        look();
    }

    @Override
    public void start(Times times) {
        // It never fails, and it ends with the timer.
        Future<?> unused = timer.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private void look() {
        tracks.forEach((group, track) -> {
            try {
                long lag = cluster.lag(group, partitions);
                track.seen(lag, window.sinceBegin(System.nanoTime()));
            } catch (LoadTestException e) {
                track.missed(e.getMessage());
            }
        });
    }

    @Override
    public void finish() throws InterruptedException {
        timer.shutdown();
        timer.awaitTermination(30, TimeUnit.SECONDS);
        look();
    }

    @Override
    public String recent() {
        List<String> texts = new ArrayList<>();
        tracks.forEach((group, track) -> texts.add("lag of " + group + " "
                + (track.miss().isEmpty() ? track.last().orElse(0) : "unknown: " + track.miss())));
        return String.join(", ", texts);
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        tracks.forEach((group, track) -> {
            String name = "lag." + group;
            track.max().ifPresent(lag -> figures.add(new Figure(name + ".max", lag, "alerts", Better.LOWER)));
            track.mostLeftInACycle()
                    .ifPresent(lag -> figures.add(new Figure(name + ".cycle-left", lag, "alerts", Better.LOWER)));
            if (track.miss().isEmpty()) {
                track.last().ifPresent(lag -> figures.add(new Figure(name + ".end", lag, "alerts", Better.LOWER)));
            }
            figures.add(new Figure(name + ".missed", track.misses(), "", Better.LOWER));
        });
        return figures;
    }
}
