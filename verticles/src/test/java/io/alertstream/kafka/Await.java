package io.alertstream.kafka;

import io.alertstream.local.BrokerOutage;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits in tests, with a limit. */
final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(60).plus(BrokerOutage.LENGTH);

    private Await() {}

    /** The future's result. */
    static <T> T result(Future<T> future) throws Exception {
        return future.await(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Polls a condition that has no event. */
    static void until(String what, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + LIMIT.toSeconds() + " s without success: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
