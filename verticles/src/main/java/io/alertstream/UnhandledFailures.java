package io.alertstream;

import io.alertstream.ops.Logging;
import io.vertx.core.Vertx;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uncaught failures on any thread. Out of memory or stack, a thread may leave shared state half updated, so the
 * process ends; the next one continues from the last commit. Vert.x, Netty and Kafka's clients catch and log errors
 * on their threads, so an OutOfMemoryError in the log counts as uncaught.
 */
final class UnhandledFailures {

    private static final int MEBIBYTE = 1 << 20;

    private static final Logger log = LoggerFactory.getLogger(UnhandledFailures.class);

    private static volatile boolean closing;

    private UnhandledFailures() {}

    /** Installs the handlers. */
    static void handle(Vertx vertx) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> handle(failure));
        vertx.exceptionHandler(UnhandledFailures::handle);
        Logging.onOutOfMemory(UnhandledFailures::end);
    }

    /**
     * Vert.x is about to be closed. A Kafka client or a worker that was still busy finds the event loops gone when it
     * reports its result. That is expected from now on and isn't logged as an error.
     */
    static void vertxCloses() {
        closing = true;
    }

    static void handle(Throwable failure) {
        if (failure instanceof VirtualMachineError error) {
            end(error);
        }
        if (closing && failure instanceof RejectedExecutionException) {
            log.debug("reported after Vert.x was closed", failure);
        } else {
            log.error("unhandled failure", failure);
        }
    }

    /** Ends the process at once. */
    static void end(VirtualMachineError error) {
        try {
            // Not logged, since the log may be the caller.
            System.err.printf(
                    "%s (the heap is at most %d MiB): ending with status %d; the next start continues from the last commit."
                            + " If this repeats, give the process more memory%n",
                    error, Runtime.getRuntime().maxMemory() / MEBIBYTE, Main.FAILED);
            StackTraceElement[] trace = error.getStackTrace();
            System.err.println("  at " + (trace.length == 0 ? "an unknown place" : trace[0]));
        } finally {
            Runtime.getRuntime().halt(Main.FAILED);
        }
    }
}
