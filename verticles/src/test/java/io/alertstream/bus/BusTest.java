package io.alertstream.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.junit5.Checkpoint;
import io.vertx.junit5.VertxExtension;
import io.vertx.junit5.VertxTestContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BusTest {

    @Test
    void aFactReachesEveryListenerOfItsTypeUncopied(Vertx vertx, VertxTestContext context) {
        Fact.SchemaArchived fact = new Fact.SchemaArchived(1101);
        Checkpoint heard = context.checkpoint(2);
        for (int i = 0; i < 2; i++) {
            Bus.of(vertx)
                    .on(
                            Fact.SchemaArchived.class,
                            other -> context.verify(() -> {
                                assertThat(other).isSameAs(fact);
                                heard.flag();
                            }));
        }
        Bus.of(vertx).on(Command.PauseReplay.class, other -> context.failNow("a command isn't a fact"));

        Bus.of(vertx).publish(fact);
    }

    @Test
    void aFactThatNobodyHearsIsGone(Vertx vertx, VertxTestContext context) {
        Bus.of(vertx).publish(new Command.ResumeReplay());
        context.completeNow();
    }
}
