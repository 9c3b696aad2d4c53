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
 * The one thread that a Kafka client lives on: its calls may block, and most of its clients aren't safe on more. Work is
 * done in the order in which it was given; results come back on the context that asked.
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

    /** Does it after all that was given before, without telling the end. */
    void execute(Runnable work) {
        executor.execute(work);
    }

    /** Does it after all that was given before. */
    <T> Future<T> call(Callable<T> work) {
        return ask(promise -> {
            try {
                promise.complete(work.call());
            } catch (Throwable e) { // Errors too: whoever asked waits for an answer.
                promise.fail(e);
            }
        });
    }

    /** Does it after all that was given before; it completes the promise then or later, on any thread. */
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

    /** The thread ends behind what was given before. */
    void end() {
        executor.shutdown();
    }
}
