package io.alertstream;

import io.alertstream.ops.Logging;
import io.vertx.core.Vertx;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures that nobody caught, on any thread. Out of memory or out of stack, a thread has left something half done, and
 * nobody knows what, so the process ends: the next one goes on from what was committed. Vert.x, Netty and Kafka's clients
 * catch errors on their threads and log them, so an OutOfMemoryError in the log counts as well.
 */
final class UnhandledFailures {

    private static final int MEBIBYTE = 1 << 20;

    private static final Logger log = LoggerFactory.getLogger(UnhandledFailures.class);

    private static volatile boolean closing;

    private UnhandledFailures() {}

    /** Handles them from now on. */
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
            // Not the log: it may be what called.
            System.err.printf(
                    "%s (the heap is at most %d MiB): ending with status %d; the next start goes on from what was committed."
                            + " If this repeats, give the process more memory%n",
                    error, Runtime.getRuntime().maxMemory() / MEBIBYTE, Main.FAILED);
            StackTraceElement[] trace = error.getStackTrace();
            System.err.println("  at " + (trace.length == 0 ? "an unknown place" : trace[0]));
        } finally {
            Runtime.getRuntime().halt(Main.FAILED);
        }
    }
}
