package io.alertstream.loadtest.load;

import io.alertstream.loadtest.measure.Meter;
import io.alertstream.loadtest.measure.Window;
import io.alertstream.loadtest.pace.Pace;
import io.alertstream.loadtest.pace.Pacer;
import io.alertstream.loadtest.pace.Ticker;
import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Figure.Better;
import io.alertstream.loadtest.target.Targets;
import io.alertstream.loadtest.workload.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Reads alerts over HTTP, some at a time. */
final class ArchiveReads implements Part {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Workload.Read work;
    private final List<Long> ids;
    private final ArchiveHttp http;
    private final Pace pace;
    private final Meter meter;
    private final Semaphore free;
    private volatile long untilNanos;
    private volatile long omitted;
    private Thread thread;

    /**
     * @param ids of alerts that the archive has
     */
    ArchiveReads(Targets targets, Workload.Read work, List<Long> ids, Window window) {
        this.work = work;
        this.ids = ids;
        http = new ArchiveHttp(targets, work.connections());
        pace = Pace.of(work.schedule());
        meter = new Meter("read", window, pace.scheduled());
        free = new Semaphore(work.connections());
    }

    @Override
    public void prepare() {
        // The first requests are the warm-up.
    }

    @Override
    public void start(Times times) {
        untilNanos = times.untilNanos();
        thread = new Thread(() -> read(times.startNanos()), "read");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(long startNanos) {
        Pacer pacer = new Pacer(pace, Ticker.system(), startNanos);
        try {
            while (pacer.nextDueNanos() - untilNanos < 0) {
                // With a schedule, waiting for a connection counts as latency; without one, nothing can be late.
                long due;
                if (pace.scheduled()) {
                    due = pacer.awaitNext();
                    free.acquire();
                } else {
                    free.acquire();
                    due = pacer.awaitNext();
                }
                get(ids.get((int) (pacer.number() % ids.size())), due);
            }
            free.acquire(work.connections());
        } catch (InterruptedException e) {
            omitted = pacer.omitted(untilNanos);
        }
    }

    private void get(long id, long due) {
        http.get(id, work.gzip()).onComplete(answer -> {
            if (answer.failed()) {
                meter.failed(answer.cause().getClass().getSimpleName());
            } else if (answer.result().status() != 200) {
                meter.failed("status " + answer.result().status());
            } else {
                meter.done(due, System.nanoTime(), answer.result().body().length());
            }
            // Released after it is counted: the part ends when all connections are free.
            free.release();
        });
    }

    /** Keeps sending overdue requests for a while; those still unanswered are omitted. */
    @Override
    public void finish() throws InterruptedException {
        long now = System.nanoTime();
        if (now - untilNanos < 0) {
            untilNanos = now; // the run ended with its last alert
        }
        thread.join(PATIENCE.toMillis());
        thread.interrupt();
        thread.join();
        http.close();
    }

    @Override
    public String recent() {
        return meter.recent();
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>(meter.figures());
        figures.add(new Figure("read.omitted", omitted, "alerts", Better.LOWER));
        figures.add(new Figure("read.ids", ids.size(), "", Better.NEITHER));
        return figures;
    }
}
