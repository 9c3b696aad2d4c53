package io.alertstream.retry;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Whether a dependency is available, as the calls to it show. Logs one line when an outage begins, one every 30 s while
 * attempts fail, and one when it ends: with the first answer after which no call is being retried. Safe to use from any
 * thread.
 */
public final class Outage implements Retry.Listener {

    private static final long LOG_EVERY_NANOS = Duration.ofSeconds(30).toNanos();

    private final Logger log;
    private final Level level;
    private final String dependency;
    private final String consequence;
    private final LongSupplier nanos;
    private volatile Runnable changed = () -> {};
    private volatile Throwable failure;
    private int retrying;
    private long loggedNanos;

    /**
     * @param log of the class whose calls these are, so that its role is on the line
     * @param dependency what may be unavailable, as the log line begins
     * @param consequence of an outage, as the log line continues
     * @param nanos the time in nanoseconds, from any start
     */
    public Outage(Logger log, Level level, String dependency, String consequence, LongSupplier nanos) {
        this.log = log;
        this.level = level;
        this.dependency = dependency;
        this.consequence = consequence;
        this.nanos = nanos;
    }

    /** Calls the handler after an outage began, and after it ended. */
    public void onChange(Runnable handler) {
        changed = handler;
    }

    /** The latest failure of an outage that lasts; empty if the dependency is available. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void retrying(Throwable cause, int failures) {
        unavailable(cause, failures == 1 ? 1 : 0);
    }

    @Override
    public void gaveUp(Throwable cause, int retried) {
        unavailable(cause, retried > 0 ? -1 : 0);
    }

    private void unavailable(Throwable cause, int newlyRetrying) {
        boolean begins;
        synchronized (this) {
            begins = failure == null;
            failure = cause;
            retrying += newlyRetrying;
            long now = nanos.getAsLong();
            if (begins || now - loggedNanos >= LOG_EVERY_NANOS) {
                loggedNanos = now;
                log.atLevel(level)
                        .log("{} unavailable, {}{}: {}", dependency, consequence, retries(), cause.getMessage());
            }
        }
        if (begins) {
            changed.run();
        }
    }

    private String retries() {
        return switch (retrying) {
            case 0 -> "";
            case 1 -> ", 1 call will be retried";
            default -> ", " + retrying + " calls will be retried";
        };
    }

    @Override
    public void answered(int retried) {
        if (retried == 0 && failure == null) {
            return; // The usual case.
        }
        synchronized (this) {
            if (retried > 0) {
                retrying--;
            }
            if (failure == null || retrying > 0) {
                return;
            }
            failure = null;
            log.atInfo().log("{} available again", dependency);
        }
        changed.run();
    }
}
