package io.alertstream.loadtest.load;

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

/** The lag of other people's groups, once a second. */
final class Watching implements Part {

    private final Cluster cluster;
    private final List<TopicPartition> partitions;
    private final Map<String, LagTrack> tracks = new LinkedHashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "watch");
        thread.setDaemon(true);
        return thread;
    });

    Watching(Workload.Watch work, Cluster cluster, List<TopicPartition> partitions) {
        this.cluster = cluster;
        this.partitions = partitions;
        work.groups()
                .forEach(group ->
                        tracks.put(group, new LagTrack((int) work.cycle().toSeconds())));
    }

    @Override
    public void prepare() {
        look();
    }

    @Override
    public void start(Times times) {
        // It never fails, and it ends with the timer.
        Future<?> unused = timer.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    private void look() {
        tracks.forEach((group, track) -> {
            try {
                track.seen(cluster.lag(group, partitions));
            } catch (LoadException e) {
                track.missed();
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
        tracks.forEach((group, track) -> texts.add("lag of " + group + " " + track.last()));
        return String.join(", ", texts);
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        tracks.forEach((group, track) -> {
            figures.add(new Figure("lag." + group + ".max", track.max(), "alerts", Better.LOWER));
            figures.add(new Figure("lag." + group + ".cycle-left", track.mostLeftInACycle(), "alerts", Better.LOWER));
            figures.add(new Figure("lag." + group + ".end", track.last(), "alerts", Better.LOWER));
            figures.add(new Figure("lag." + group + ".missed", track.misses(), "", Better.LOWER));
        });
        return figures;
    }
}
