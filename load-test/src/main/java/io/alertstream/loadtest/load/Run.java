package io.alertstream.loadtest.load;

import io.alertstream.loadtest.load.Part.Times;
import io.alertstream.loadtest.measure.Processes;
import io.alertstream.loadtest.measure.Window;
import io.alertstream.loadtest.packets.PacketMint;
import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.target.Targets;
import io.alertstream.loadtest.workload.Workload;
import io.alertstream.loadtest.workload.Workload.Schedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/** One workload, from its first alert to its figures. Blocks. */
public final class Run {

    private static final long PREPARE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long LOOK_MILLIS = 10;
    private static final long LIVE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Workload workload;
    private final Targets targets;
    private final Cluster cluster;
    private final Consumer<String> live;
    private final Processes processes;
    private final List<TopicPartition> partitions;
    private final Window window = new Window();
    private final List<Part> parts = new ArrayList<>();
    private Optional<Producing> producing = Optional.empty();

    /**
     * @param processes whose CPU time and memory after the warm-up are reported
     * @param live takes a line a second
     * @throws LoadTestException if the topic doesn't exist or has nothing to read
     */
    public Run(Workload workload, Targets targets, Cluster cluster, Processes processes, Consumer<String> live) {
        this.workload = workload;
        this.targets = targets;
        this.cluster = cluster;
        this.processes = processes;
        this.live = live;
        this.partitions = cluster.partitions(targets.topic());
    }

    /**
     * Runs the workload.
     *
     * @return the results
     * @throws LoadTestException if it can't be started, or the lag at its end can't be determined
     */
    public List<Figure> execute() throws InterruptedException {
        assemble();
        for (Part part : parts) {
            part.prepare();
        }
        long start = System.nanoTime() + PREPARE_NANOS;
        long measured = start + workload.warmUp().toNanos();
        Times times = new Times(start, measured + workload.duration().toNanos());
        window.begin(measured);
        parts.forEach(part -> part.start(times));
        await(times, measured);
        processes.begin();
        await(times, times.untilNanos());
        window.end(Math.min(System.nanoTime(), times.untilNanos()));
        return finish();
    }

    /** In the order of their start; they end in reverse. */
    private void assemble() {
        workload.watch().ifPresent(watch -> parts.add(new Watching(watch, cluster, partitions, window)));
        Optional<Following> following =
                workload.follow().map(follow -> new Following(targets, follow, cluster, window));
        following.ifPresent(parts::add);
        boolean scheduled =
                workload.produce().stream().noneMatch(produce -> produce.schedule() instanceof Schedule.FullSpeed);
        workload.consume().ifPresent(consume -> parts.add(new Consuming(targets, consume, scheduled, cluster, window)));
        producing = workload.produce().map(produce -> {
            PacketMint mint = PacketMint.of(produce.file(), targets.schemaId());
            return new Producing(
                    targets, produce, mint, window, following.isPresent() ? following.get() : Follower.NOBODY);
        });
        producing.ifPresent(parts::add);
        workload.read().ifPresent(read -> {
            List<Long> ids = TopicIds.read(targets, partitions, read.alerts());
            parts.add(new ArchiveReads(targets, read, ids, window));
        });
    }

    /** Waits until the given time, or until all alerts are sent if their number is limited. */
    private void await(Times times, long untilNanos) throws InterruptedException {
        long shown = System.nanoTime();
        long now = shown;
        while (now - untilNanos < 0 && !isDone()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            now = System.nanoTime();
            if (now - shown >= LIVE_NANOS) {
                shown = now;
                show((now - times.startNanos()) / 1_000_000_000);
            }
        }
    }

    private boolean isDone() {
        return workload.produce().filter(produce -> produce.alerts() > 0).isPresent()
                ? producing.orElseThrow().isDone()
                : parts.stream().allMatch(Watching.class::isInstance);
    }

    private void show(long seconds) {
        String texts = parts.stream().map(Part::recent).collect(Collectors.joining(" | "));
        String phase = seconds < workload.warmUp().toSeconds() ? "warm-up" : "measured";
        live.accept("%4d s %s  %s".formatted(seconds, phase, texts));
    }

    private List<Figure> finish() throws InterruptedException {
        List<Part> last = new ArrayList<>(parts);
        Collections.reverse(last);
        List<Part> afterwards = new ArrayList<>();
        for (Part part : last) {
            if (part instanceof Watching) {
                afterwards.add(part);
            } else {
                part.finish();
            }
        }
        List<Figure> figures = new ArrayList<>();
        if (workload.catchUp().isPresent()) {
            figures.addAll(new CatchingUp(workload.catchUp().get(), cluster, partitions).await(live));
        }
        for (Part part : afterwards) {
            part.finish();
        }
        for (Part part : parts) {
            figures.addAll(part.figures());
        }
        figures.addAll(processes.figures());
        return figures;
    }
}
