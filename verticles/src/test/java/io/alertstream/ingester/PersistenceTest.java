package io.alertstream.ingester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.ingester.IngesterMetrics.Dependency;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PersistenceTest {

    private static final Duration NEVER = Duration.ofDays(1);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger attempts = new AtomicInteger();
    private final Persistence persistence = new Persistence(
            Dependency.STORE,
            vertx,
            new Backoff(NEVER, NEVER),
            new IngesterMetrics(new SimpleMeterRegistry()),
            failure -> false);

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void aStopEndsAttemptsThatWait() {
        Future<String> waiting = persistence.untilDone(() -> attempt(Future.failedFuture("no")));
        assertThat(persistence.trouble()).isPresent();

        persistence.stop();

        assertThatThrownBy(() -> waiting.await(20, TimeUnit.SECONDS)).hasMessage("the ingester stops");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void whatFailsAfterAStopIsNotTriedAgain() {
        Promise<String> running = Promise.promise();
        Future<String> done = persistence.untilDone(() -> attempt(running.future()));
        persistence.stop();

        running.fail("no");

        assertThatThrownBy(() -> done.await(20, TimeUnit.SECONDS)).hasMessage("no");
        assertThat(attempts).hasValue(1);
    }

    @Test
    void anErrorIsNotTriedAgain() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");

        Future<String> done = persistence.untilDone(() -> attempt(Future.failedFuture(error)));

        assertThat(done.cause()).isSameAs(error);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void whatIsUnderwayAtAStopMaySucceed() throws Exception {
        Promise<String> running = Promise.promise();
        Future<String> done = persistence.untilDone(() -> attempt(running.future()));
        persistence.stop();

        running.complete("yes");

        assertThat(done.await(20, TimeUnit.SECONDS)).isEqualTo("yes");
    }

    private Future<String> attempt(Future<String> outcome) {
        attempts.incrementAndGet();
        return outcome;
    }
}
