package io.alertstream.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {

    private final ConcurrencyLimit limit = new ConcurrencyLimit(2, "reads already");

    @Test
    void callsBeyondTheLimitAreRefusedUntilOneEnds() {
        Promise<String> first = Promise.promise();
        Promise<String> second = Promise.promise();
        limit.run(first::future);
        limit.run(second::future);

        assertThat(limit.run(() -> Future.succeededFuture("third")).cause())
                .isInstanceOf(OverloadedException.class)
                .hasMessage("2 reads already");

        first.fail("store unavailable");
        assertThat(limit.run(() -> Future.succeededFuture("third")).result()).isEqualTo("third");
        second.complete("second");
    }
}
