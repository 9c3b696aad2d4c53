package io.alertstream.loader;

import java.io.PrintStream;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how far loading is: a bar on a terminal, lines in a log otherwise. A class of its own since a library's bar knows
 * nothing of logs, and what is left to write without one is a line.
 */
final class Progress {

    private static final int BAR_CELLS = 40;
    private static final long BAR_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 5_000_000_000L;
    private static final int LINE_PERCENT = 10;
    private static final Logger log = LoggerFactory.getLogger(Progress.class);

    private final long total;
    private final LongSupplier nanos;
    private final Optional<PrintStream> terminal;
    private final long startNanos;
    private long shownNanos;
    private long shownPercent;

    /**
     * @param total alerts, at least 1
     * @param terminal where to draw the bar
     */
    Progress(long total, LongSupplier nanos, Optional<PrintStream> terminal) {
        this.total = total;
        this.nanos = nanos;
        this.terminal = terminal;
        startNanos = nanos.getAsLong();
        shownNanos = startNanos;
    }

    /** Alerts and bytes that Kafka has, of all; shown if it is time to. */
    void reached(long alerts, long bytes) {
        long now = nanos.getAsLong();
        long percent = 100 * alerts / total;
        if (terminal.isPresent()) {
            if (now - shownNanos >= BAR_NANOS || alerts == total) {
                shownNanos = now;
                draw(terminal.get(), alerts, percent, rate(bytes, now));
            }
        } else if (percent < 100 && now - shownNanos >= LINE_NANOS && percent - shownPercent >= LINE_PERCENT) {
            shownNanos = now;
            shownPercent = percent;
            log.atInfo()
                    .addKeyValue("role", "loader")
                    .log("{} % loaded: {} of {} alerts, {} MB/s", percent, alerts, total, rate(bytes, now));
        }
    }

    /** Leaves the bar's line. */
    void end() {
        terminal.ifPresent(PrintStream::println);
    }

    private long rate(long bytes, long now) {
        return bytes * 1000 / Math.max(1, now - startNanos);
    }

    private void draw(PrintStream out, long alerts, long percent, long megabytesPerSecond) {
        int filled = (int) (BAR_CELLS * alerts / total);
        out.printf(
                "\r[%s%s] %3d %%  %d of %d alerts, %d MB/s ",
                "=".repeat(filled), " ".repeat(BAR_CELLS - filled), percent, alerts, total, megabytesPerSecond);
        out.flush();
    }
}
