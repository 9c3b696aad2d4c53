package io.alertstream.registry;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again what may pass, with growing delays. */
final class Retries {

    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);

    private final Vertx vertx;
    private final CallPolicy policy;
    private final DoubleSupplier random;

    /**
     * @param random from 0 to 1: spreads the attempts of many clients that failed together
     */
    Retries(Vertx vertx, CallPolicy policy, DoubleSupplier random) {
        this.vertx = vertx;
        this.policy = policy;
        this.random = random;
    }

    /** The first attempt that succeeds or fails for good, or the last one. */
    <T> Future<T> run(Supplier<Future<T>> attempt) {
        return attempt(1, attempt);
    }

    private <T> Future<T> attempt(int number, Supplier<Future<T>> attempt) {
        return attempt.get().recover(cause -> {
            if (!(cause instanceof RegistryException failure) || !failure.mayPass() || number == policy.attempts()) {
                return Future.failedFuture(cause);
            }
            Duration delay = delayAfter(number, failure);
            LOG.atDebug()
                    .addKeyValue("attempt", number)
                    .addKeyValue("delay", delay)
                    .log("registry: trying again: {}", failure.getMessage());
            return vertx.timer(delay.toMillis()).compose(elapsed -> attempt(number + 1, attempt));
        });
    }

    /** Doubles from attempt to attempt, less up to a half; at least what the registry asks for; within the limit. */
    Duration delayAfter(int attempt, RegistryException failure) {
        long limit = policy.maxDelay().toMillis();
        long doubled = Math.min(limit, policy.firstDelay().toMillis() << Math.min(attempt - 1, 20));
        long jittered = Math.max(1, doubled - (long) (random.getAsDouble() * doubled / 2));
        long asked = failure.retryAfter().map(Duration::toMillis).orElse(0L);
        return Duration.ofMillis(Math.max(jittered, Math.min(asked, limit)));
    }
}
