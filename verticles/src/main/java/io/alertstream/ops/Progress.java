package io.alertstream.ops;

import java.io.PrintStream;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the progress of a job: a bar on a terminal, otherwise lines in the log. For one thread.
 */
public final class Progress {

    private static final int BAR_CELLS = 40;
    private static final long BAR_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 5_000_000_000L;
    private static final int LINE_PERCENT = 10;
    private static final Logger log = LoggerFactory.getLogger(Progress.class);

    private final String role;
    private final String unit;
    private final long total;
    private final LongSupplier nanos;
    private final Optional<PrintStream> terminal;
    private final long startNanos;
    private long shownNanos;
    private long shownPercent;

    /**
     * @param role the job's role
     * @param unit of what is counted, such as {@code alerts}
     * @param total number of units
     * @param terminal where to draw the bar; empty to log instead
     */
    public Progress(String role, String unit, long total, LongSupplier nanos, Optional<PrintStream> terminal) {
        this.role = role;
        this.unit = unit;
        this.total = total;
        this.nanos = nanos;
        this.terminal = terminal;
        startNanos = nanos.getAsLong();
        shownNanos = startNanos;
    }

    /** Sets the number of units done and their bytes, and shows them at intervals. */
    public void reached(long done, long bytes) {
        long now = nanos.getAsLong();
        long percent = total == 0 ? 100 : 100 * done / total;
        if (terminal.isPresent()) {
            if (now - shownNanos >= BAR_NANOS || done == total) {
                shownNanos = now;
                draw(terminal.get(), done, percent, rate(bytes, now));
            }
        } else if (percent < 100 && now - shownNanos >= LINE_NANOS && percent - shownPercent >= LINE_PERCENT) {
            shownNanos = now;
            shownPercent = percent;
            log.atInfo()
                    .addKeyValue("role", role)
                    .log("{} %: {} of {} {}, {} MB/s", percent, done, total, unit, rate(bytes, now));
        }
    }

    /** Ends the bar's line when the job has ended. */
    public void end() {
        terminal.ifPresent(PrintStream::println);
    }

    private long rate(long bytes, long now) {
        return bytes * 1000 / Math.max(1, now - startNanos);
    }

    private void draw(PrintStream out, long done, long percent, long megabytesPerSecond) {
        int filled = (int) (BAR_CELLS * percent / 100);
        out.printf(
                "\r[%s%s] %3d %%  %d of %d %s, %d MB/s ",
                "=".repeat(filled), " ".repeat(BAR_CELLS - filled), percent, done, total, unit, megabytesPerSecond);
        out.flush();
    }
}
