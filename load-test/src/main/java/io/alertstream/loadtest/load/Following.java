package io.alertstream.loadtest.load;

import io.alertstream.loadtest.measure.Errors;
import io.alertstream.loadtest.measure.Latencies;
import io.alertstream.loadtest.measure.Window;
import io.alertstream.loadtest.packets.PacketMint.Minted;
import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Figure.Better;
import io.alertstream.loadtest.target.Targets;
import io.alertstream.loadtest.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Follows a share of the published alerts: until the archive's group has committed them, and until HTTP serves them
 * with the bytes that were sent. Both are polled, so their times are up to a tenth of a second too long. Alerts of the
 * warm-up are followed too, or the first measured ones would pay for cold code in server and load test.
 */
final class Following implements Part, Follower {

    private static final Duration ASK_COMMITTED = Duration.ofMillis(100);
    private static final Duration ASK_HTTP = Duration.ofMillis(10);
    private static final Duration MARGIN = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 16;

    private final Workload.Follow work;
    private final Window window;
    private final String topic;
    private final Cluster cluster;
    private final ArchiveHttp http;
    private final Queue<Followed> uncommitted = new ConcurrentLinkedQueue<>();
    private final Queue<Followed> unread = new ConcurrentLinkedQueue<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong followed = new AtomicLong();
    private final AtomicLong measured = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicLong notCommitted = new AtomicLong();
    private final Errors errors = new Errors();
    private final Latencies archived = new Latencies();
    private final Latencies readable = new Latencies();
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(2, task -> {
        Thread thread = new Thread(task, "follow");
        thread.setDaemon(true);
        return thread;
    });

    Following(Targets targets, Workload.Follow work, Cluster cluster, Window window) {
        this.work = work;
        this.window = window;
        this.cluster = cluster;
        topic = targets.topic();
        http = new ArchiveHttp(targets, CONNECTIONS);
    }

    @Override
    public void prepare() {
        // Connections are opened by the first alerts.
    }

    @Override
    public void start(Times times) {
        every(ASK_COMMITTED, this::askCommitted);
        every(ASK_HTTP, this::askHttp);
    }

    private void every(Duration pause, Runnable task) {
        Runnable counted = () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                errors.add(e.getClass().getSimpleName()); // it is retried
            }
        };
        // It never fails, and it ends with the timers.
        Future<?> unused = timers.scheduleWithFixedDelay(counted, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Consumer<RecordMetadata> sending(Minted alert, long dueNanos) {
        long number = sent.incrementAndGet();
        boolean chosen = (long) (number * work.share()) > (long) ((number - 1) * work.share());
        if (!chosen) {
            return NOBODY.sending(alert, dueNanos);
        }
        long checksum = Followed.checksum(alert.packet());
        long id = alert.id();
        return where -> follow(new Followed(id, checksum, where.partition(), where.offset(), dueNanos));
    }

    private void follow(Followed one) {
        followed.incrementAndGet();
        if (window.holds(one.dueNanos())) {
            measured.incrementAndGet();
        }
        uncommitted.add(one);
        unread.add(one);
    }

    private void askCommitted() {
        if (uncommitted.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> offsets = cluster.committed(work.group());
        long now = System.nanoTime();
        uncommitted.removeIf(one -> {
            boolean stored = offsets.getOrDefault(new TopicPartition(topic, one.partition()), 0L) > one.offset();
            if (stored) {
                record(archived, one, now);
            }
            boolean gone = !stored && isLost(one, now);
            if (gone) {
                notCommitted.incrementAndGet();
            }
            return stored || gone;
        });
    }

    private void askHttp() {
        long now = System.nanoTime();
        for (Followed one : unread) {
            if (one.isDue(now) && one.ask()) {
                http.get(one.id(), false).onComplete(answer -> {
                    one.answered();
                    if (answer.failed()) {
                        errors.add(answer.cause().getClass().getSimpleName());
                    } else {
                        take(one, answer.result());
                    }
                });
            }
        }
        unread.removeIf(one -> {
            boolean gone = isLost(one, now);
            if (gone) {
                lost.incrementAndGet();
            }
            return gone;
        });
    }

    private void take(Followed one, ArchiveHttp.Answer answer) {
        if (answer.status() == 200) {
            if (unread.remove(one)) {
                record(readable, one, System.nanoTime());
            }
            if (!one.isSame(answer.body().getBytes())) {
                wrong.incrementAndGet();
            }
        } else if (answer.status() != 404) {
            errors.add("status " + answer.status());
        }
    }

    private void record(Latencies latencies, Followed one, long now) {
        if (window.holds(one.dueNanos())) {
            latencies.record(now - one.dueNanos());
        }
    }

    private boolean isLost(Followed one, long now) {
        return now - one.dueNanos() > work.patience().toNanos();
    }

    /** Waits until all are found or given up. */
    @Override
    public void finish() throws InterruptedException {
        long pause = ASK_COMMITTED.toMillis();
        // While Kafka doesn't answer, no alert is given up because of it; but that wait must end too.
        long until = System.nanoTime() + work.patience().toNanos() + MARGIN.toNanos();
        while (!(unread.isEmpty() && uncommitted.isEmpty()) && System.nanoTime() - until < 0) {
            TimeUnit.MILLISECONDS.sleep(pause);
        }
        timers.shutdownNow();
        timers.awaitTermination(10, TimeUnit.SECONDS);
        http.close();
    }

    @Override
    public String recent() {
        return "follow %d left of %d".formatted(unread.size(), followed.get());
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("follow.alerts", measured.get(), "", Better.NEITHER));
        figures.addAll(archived.figures("follow.archived"));
        figures.addAll(readable.figures("follow.readable"));
        figures.add(new Figure("follow.lost", lost.get(), "", Better.LOWER));
        figures.add(new Figure("follow.wrong", wrong.get(), "", Better.LOWER));
        figures.add(new Figure("follow.not-committed", notCommitted.get(), "", Better.LOWER));
        figures.addAll(errors.figures("follow.errors"));
        return figures;
    }
}
