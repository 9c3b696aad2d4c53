package io.alertstream.storage;

import static io.alertstream.storage.ObjectStoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.storage.StoreException.Remedy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetryTest {

    private static final Duration FIRST = Duration.ofMillis(4);
    private static final Duration LONGEST = Duration.ofMillis(16);

    private final Vertx vertx = Vertx.vertx();
    private final List<Long> attempts = new ArrayList<>();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void whatFailsIsTriedUntilItSucceeds() {
        Retry retry = new Retry(vertx, FIRST, LONGEST, Integer.MAX_VALUE);

        assertThat(await(retry.call(failing(Remedy.RETRY, 10)))).isEqualTo("done");

        assertThat(attempts).hasSize(11);
        for (int i = 1; i < attempts.size(); i++) {
            long doubled = FIRST.toNanos() << (i - 1);
            assertThat(attempts.get(i) - attempts.get(i - 1))
                    .isGreaterThanOrEqualTo(Math.min(doubled, LONGEST.toNanos()) / 2);
        }
    }

    @Test
    void whatAnOperatorHasToMendIsReportedAtOnce() {
        Retry retry = new Retry(vertx, FIRST, LONGEST, 2);

        assertThatThrownBy(() -> await(retry.call(failing(Remedy.OPERATOR, 1)))).hasMessage("no");
        assertThat(attempts).hasSize(1);
    }

    @Test
    void theLastFailureIsReportedWhenThePatienceEnds() {
        Retry briefly = new Retry(vertx, FIRST, LONGEST, 2);

        assertThat(await(briefly.call(failing(Remedy.RETRY, 2)))).isEqualTo("done");
        assertThatThrownBy(() -> await(briefly.call(failing(Remedy.RETRY, 3)))).hasMessage("no");
        assertThat(attempts).hasSize(6);
    }

    @Test
    void anErrorOfTheProgramIsNotTriedAgain() {
        Retry forever = new Retry(vertx, FIRST, LONGEST, Integer.MAX_VALUE);

        assertThatThrownBy(() -> await(forever.call(() -> Future.failedFuture(new IllegalArgumentException("wrong")))))
                .hasMessage("wrong");
    }

    @Test
    void closingEndsTheWaitingAtOnce() {
        Duration hour = Duration.ofHours(1);
        Retry forever = new Retry(vertx, hour, hour, Integer.MAX_VALUE);
        Future<String> call = forever.call(failing(Remedy.RETRY, Integer.MAX_VALUE));

        forever.close();

        assertThatThrownBy(() -> await(call)).isInstanceOf(StoreException.class);
        assertThat(attempts).hasSize(1);
    }

    private Supplier<Future<String>> failing(Remedy remedy, int times) {
        int[] left = {times};
        return () -> {
            attempts.add(System.nanoTime());
            return left[0]-- > 0
                    ? Future.failedFuture(new StoreException(remedy, "no", null))
                    : Future.succeededFuture("done");
        };
    }
}
