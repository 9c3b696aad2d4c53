package io.alertstream.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.retry.RetryPolicy.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration FIRST = Duration.ofMillis(4);
    private static final Duration LONGEST = Duration.ofMillis(16);

    private final Vertx vertx = Vertx.vertx();
    private final List<Long> attempts = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    /** A failure that carries its verdict. */
    private static final class Fault extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final Verdict verdict;

        Fault(Verdict verdict) {
            super(verdict.toString());
            this.verdict = verdict;
        }
    }

    private final Retry.Listener listener = new Retry.Listener() {
        @Override
        public void retrying(Throwable failure, int failures) {
            events.add("retrying " + failures);
        }

        @Override
        public void gaveUp(Throwable failure, int retried) {
            events.add("gave up " + retried);
        }

        @Override
        public void answered(int retried) {
            events.add("answered " + retried);
        }
    };

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @Test
    void aFailureIsRetriedUntilItSucceeds() throws Exception {
        assertThat(await(retry(FIRST, Integer.MAX_VALUE).call(failing(Verdict.RETRY, 10))))
                .isEqualTo("done");

        assertThat(attempts).hasSize(11);
        for (int i = 1; i < attempts.size(); i++) {
            long doubled = FIRST.toNanos() << (i - 1);
            assertThat(attempts.get(i) - attempts.get(i - 1))
                    .isGreaterThanOrEqualTo(Math.min(doubled, LONGEST.toNanos()) / 2);
        }
        assertThat(events).hasSize(11).startsWith("retrying 1", "retrying 2").endsWith("retrying 10", "answered 10");
    }

    @Test
    void waitsAsLongAsTheFailureRequests() throws Exception {
        RetryPolicy policy = new RetryPolicy(
                new Backoff(Duration.ofMillis(1), NEVER),
                2,
                failure -> Verdict.RETRY,
                failure -> Duration.ofMillis(50));

        await(new Retry(vertx, policy).call(failing(Verdict.RETRY, 1)));

        assertThat(attempts.get(1) - attempts.get(0)).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
    }

    @Test
    void aPermanentFailureFailsAtOnce() {
        assertThatThrownBy(() -> await(retry(FIRST, 3).call(failing(Verdict.UNAVAILABLE, 1))))
                .isInstanceOf(Fault.class);
        assertThat(attempts).hasSize(1);
        assertThat(events).containsExactly("gave up 0");
    }

    @Test
    void aSuccessIsPassedOnAtOnce() {
        assertThatThrownBy(() -> await(retry(FIRST, 3).call(failing(Verdict.ANSWER, 1))))
                .isInstanceOf(Fault.class);
        assertThat(attempts).hasSize(1);
        assertThat(events).containsExactly("answered 0");
    }

    @Test
    void theLastFailureIsPassedOnAfterTheLastAttempt() throws Exception {
        Retry thrice = retry(FIRST, 3);

        assertThat(await(thrice.call(failing(Verdict.RETRY, 2)))).isEqualTo("done");
        assertThatThrownBy(() -> await(thrice.call(failing(Verdict.RETRY, 3)))).isInstanceOf(Fault.class);

        assertThat(attempts).hasSize(6);
        assertThat(events).endsWith("retrying 1", "retrying 2", "gave up 2");
    }

    @Test
    void anErrorIsNotRetried() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");

        Future<String> done = retry(NEVER, 3).call(() -> attempt(Future.failedFuture(error)));

        assertThat(done.cause()).isSameAs(error);
        assertThat(attempts).hasSize(1);
        assertThat(events).isEmpty();
    }

    @Test
    void anAttemptThatThrowsFailsItsCall() {
        Future<String> done = retry(FIRST, 2).call(() -> {
            attempts.add(System.nanoTime());
            throw new Fault(Verdict.RETRY);
        });

        assertThatThrownBy(() -> await(done)).isInstanceOf(Fault.class);
        assertThat(attempts).hasSize(2);
    }

    @Test
    void aStopEndsWaitingAttempts() {
        Retry retry = retry(NEVER, 3);
        Future<String> waiting = retry.call(failing(Verdict.RETRY, 1));

        retry.stop("the end");

        assertThatThrownBy(() -> await(waiting)).hasMessage("the end");
        assertThat(attempts).hasSize(1);
    }

    @Test
    void failuresAfterAStopAreNotRetried() {
        Promise<String> running = Promise.promise();
        Retry retry = retry(NEVER, 3);
        Future<String> done = retry.call(() -> attempt(running.future()));
        retry.stop("the end");

        running.fail(new Fault(Verdict.RETRY));

        assertThatThrownBy(() -> await(done)).isInstanceOf(Fault.class);
        assertThat(attempts).hasSize(1);
        assertThat(events).isEmpty();
    }

    @Test
    void callsInProgressAtAStopMaySucceed() throws Exception {
        Promise<String> running = Promise.promise();
        Retry retry = retry(NEVER, 3);
        Future<String> done = retry.call(() -> attempt(running.future()));
        retry.stop("the end");

        running.complete("yes");

        assertThat(await(done)).isEqualTo("yes");
    }

    private Retry retry(Duration first, int limit) {
        return new Retry(
                vertx,
                new RetryPolicy(
                        new Backoff(first, first.equals(NEVER) ? NEVER : LONGEST),
                        limit,
                        failure -> ((Fault) failure).verdict,
                        failure -> Duration.ZERO),
                listener);
    }

    private Supplier<Future<String>> failing(Verdict verdict, int times) {
        int[] left = {times};
        return () -> attempt(left[0]-- > 0 ? Future.failedFuture(new Fault(verdict)) : Future.succeededFuture("done"));
    }

    private Future<String> attempt(Future<String> outcome) {
        attempts.add(System.nanoTime());
        return outcome;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(20, TimeUnit.SECONDS);
    }
}
