package io.alertstream.audit;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every few seconds how far the audit is. */
final class Progress {

    private static final Logger log = LoggerFactory.getLogger(Progress.class);
    private static final long LINE_NANOS = 5_000_000_000L;

    private final LongSupplier nanos;
    private long total;
    private long passed;
    private long shownNanos;

    Progress(LongSupplier nanos) {
        this.nanos = nanos;
        this.shownNanos = nanos.getAsLong();
    }

    void total(long messages) {
        total = messages;
    }

    void passed() {
        passed++;
        if (nanos.getAsLong() - shownNanos >= LINE_NANOS) {
            shownNanos = nanos.getAsLong();
            log.atInfo().log("{} of {} messages, {} %", passed, total, 100 * passed / Math.max(1, total));
        }
    }
}
