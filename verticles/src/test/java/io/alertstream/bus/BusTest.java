package io.alertstream.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.Checkpoint;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BusTest {

    @Test
    void aFactReachesEveryListenerOfItsTypeUncopied(Vertx vertx, VertxTestContext context) {
        Fact.VisitLoaded fact = new Fact.VisitLoaded("alerts-static", 1, 1, Duration.ZERO);
        Checkpoint received = context.checkpoint(2);
        for (int i = 0; i < 2; i++) {
            Bus.of(vertx)
                    .on(
                            Fact.VisitLoaded.class,
                            other -> context.verify(() -> {
                                assertThat(other).isSameAs(fact);
                                received.flag();
                            }));
        }
        Bus.of(vertx).on(Fact.AlertsArchived.class, other -> context.failNow("a fact of another type"));

        Bus.of(vertx).publish(fact);
    }

    @Test
    void aFactWithoutAListenerIsDropped(Vertx vertx, VertxTestContext context) {
        Bus.of(vertx).publish(new Fact.VisitLoaded("alerts-static", 1, 1, Duration.ZERO));
        context.completeNow();
    }
}
