package io.alertstream;

import io.alertstream.ops.Logging;
import io.vertx.core.Vertx;
import org.slf4j.LoggerFactory;

/**
 * Failures that nobody caught, on any thread. Out of memory or out of stack, a thread has left something half done, and
 * nobody knows what, so the process ends: the next one goes on from what was committed. Vert.x, Netty and Kafka's clients
 * catch errors on their threads and log them, so an OutOfMemoryError in the log counts as well.
 */
final class UnhandledFailures {

    private static final int MEBIBYTE = 1 << 20;

    private UnhandledFailures() {}

    /** Handles them from now on. */
    static void handle(Vertx vertx) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> handle(failure));
        vertx.exceptionHandler(UnhandledFailures::handle);
        Logging.onOutOfMemory(UnhandledFailures::end);
    }

    private static void handle(Throwable failure) {
        if (failure instanceof VirtualMachineError error) {
            end(error);
        }
        LoggerFactory.getLogger(UnhandledFailures.class).error("unhandled failure", failure);
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
