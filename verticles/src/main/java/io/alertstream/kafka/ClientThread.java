package io.alertstream.kafka;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * The thread of a Kafka client: its calls may block, and consumers aren't thread-safe. Tasks run in order; results
 * come back on the caller's context.
 */
final class ClientThread {

    private final Vertx vertx;
    private final ExecutorService executor;

    ClientThread(Vertx vertx, String name) {
        this.vertx = vertx;
        this.executor = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs a task without reporting its end. */
    void execute(Runnable work) {
        executor.execute(work);
    }

    /** Runs a task and returns its result. */
    <T> Future<T> call(Callable<T> work) {
        return ask(promise -> {
            try {
                promise.complete(work.call());
            } catch (Throwable e) { // Errors too, or the caller would wait forever.
                promise.fail(e);
            }
        });
    }

    /** Runs a task that completes the promise, then or later, on any thread. */
    <T> Future<T> ask(Consumer<Promise<T>> work) {
        Context context = vertx.getOrCreateContext();
        Promise<T> there = Promise.promise();
        Promise<T> here = Promise.promise();
        there.future().onComplete(result -> context.runOnContext(back -> here.handle(result)));
        try {
            executor.execute(() -> {
                try {
                    work.accept(there);
                } catch (Throwable e) {
                    there.tryFail(e);
                }
            });
        } catch (RejectedExecutionException e) {
            there.fail(new IllegalStateException("the Kafka client is closed", e));
        }
        return here.future();
    }

    /** Ends the thread after the tasks submitted so far. */
    void end() {
        executor.shutdown();
    }
}
