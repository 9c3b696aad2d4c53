package io.alertstream.server.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PreloadedTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    /** Loading takes seconds on a busy machine. ServerIT shows that the server loads on a worker thread. */
    @Test
    void loadingIsRefusedOnAnEventLoop() {
        Promise<Preloaded> loaded = Promise.promise();
        vertx.runOnContext(loop -> {
            try {
                loaded.complete(Preloaded.load(vertx));
            } catch (IllegalStateException e) {
                loaded.fail(e);
            }
        });

        assertThatThrownBy(() -> await(loaded.future())).hasMessageContaining("expected a worker thread");
    }

    @Test
    void everythingIsReadyOnceLoaded() {
        Preloaded preloaded = await(vertx.executeBlocking(() -> Preloaded.load(vertx)));

        assertThat(preloaded.assets()).containsKeys("site.css", "system.js", "uplot.js");
        assertThat(preloaded.openApi().plain()).isNotEmpty();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing within 60 s", e);
        }
    }
}
