package io.alertstream.loadtest.baseline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Repeats a step on several threads for some time. */
final class Loop {

    /** One turn, with a unique number. */
    @FunctionalInterface
    interface Step {
        void run(long number) throws Exception;
    }

    /** The unmeasured warm-up at the start is one part in this many of the time. */
    private static final int WARM_UP_SHARE = 4;

    private static final Duration LAST_TURNS = Duration.ofSeconds(30);

    private Loop() {}

    /** Turns a second, excluding a warm-up of a quarter of the time; an exception in a turn ends the loop. */
    static double perSecond(int threads, Duration time, Step step) throws InterruptedException {
        long start = System.nanoTime() + time.toNanos() / WARM_UP_SHARE;
        long end = start + time.toNanos();
        AtomicLong numbers = new AtomicLong();
        AtomicLong measured = new AtomicLong();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                all.add(pool.submit(() -> {
                    long now = System.nanoTime();
                    while (now - end < 0) {
                        step.run(numbers.getAndIncrement());
                        now = System.nanoTime();
                        if (now - start >= 0 && now - end < 0) {
                            measured.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a baseline's loop failed: " + e.getCause(), e.getCause());
        } finally {
            pool.shutdownNow();
            pool.awaitTermination(LAST_TURNS.toSeconds(), TimeUnit.SECONDS);
        }
        return measured.get() / (time.toNanos() / 1e9);
    }
}
