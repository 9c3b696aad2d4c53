package io.alertstream.storage;

import static io.alertstream.storage.ObjectStoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.storage.StoreException.Remedy;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PooledStoreTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    /** A store that hangs until it is released. */
    private static final class Hanging extends MemoryStore {

        final CountDownLatch go = new CountDownLatch(1);
        final AtomicInteger checks = new AtomicInteger();
        volatile boolean checkHangs;
        volatile boolean closed;

        @Override
        public ObjectStore.Creation create(String name, byte[] content, String type, Map<String, String> metadata) {
            hang();
            return ObjectStore.Creation.CREATED;
        }

        @Override
        public Optional<byte[]> read(String name) {
            hang();
            return Optional.empty();
        }

        @Override
        public void check() {
            checks.incrementAndGet();
            if (checkHangs) {
                hang();
            }
        }

        @Override
        public void close() {
            closed = true;
        }

        private void hang() {
            try {
                go.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public String toString() {
            return "hanging store";
        }
    }

    private PooledStore open(Hanging hanging, Duration checkLimit, Duration closeLimit) {
        return new PooledStore(vertx, hanging, "hanging", 1, checkLimit, closeLimit);
    }

    @Test
    void aCheckDoesNotWaitForOtherCalls() {
        Hanging hanging = new Hanging();
        ObjectStore store = open(hanging, Duration.ofSeconds(30), Duration.ofSeconds(30));
        var read = store.read("a");
        var another = store.read("b");

        await(store.check());

        assertThat(read.isComplete() || another.isComplete()).isFalse();
        hanging.go.countDown();
        await(store.close());
    }

    @Test
    void aHangingCheckFailsInTimeAndIsNotRepeated() {
        Hanging hanging = new Hanging();
        hanging.checkHangs = true;
        ObjectStore store = open(hanging, Duration.ofMillis(50), Duration.ofSeconds(30));

        for (int asked = 0; asked < 3; asked++) {
            assertThatThrownBy(() -> await(store.check()))
                    .hasMessage("hanging store: no answer within 50ms: it hangs or is overloaded")
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.RETRY));
        }

        assertThat(hanging.checks).hasValue(1);
        hanging.go.countDown();
        await(store.close());
    }

    /** A process's first request may take longer than a check is allowed to. */
    @Test
    void aVerificationMayTakeAsLongAsTheStore() {
        Hanging hanging = new Hanging();
        hanging.checkHangs = true;
        ObjectStore store = open(hanging, Duration.ofMillis(1), Duration.ofSeconds(30));

        var verified = store.verify();
        assertThatThrownBy(() -> await(store.check())).hasMessageContaining("no answer within 1ms");
        assertThat(verified.isComplete()).isFalse();
        hanging.go.countDown();

        await(verified);
        await(store.close());
    }

    @Test
    void aStoreIsClosedAfterItsRunningCalls() {
        Hanging hanging = new Hanging();
        ObjectStore store = open(hanging, Duration.ofSeconds(30), Duration.ofSeconds(30));
        var create = store.create("a", new byte[1], "text/plain", Map.of());
        var waiting = store.create("b", new byte[1], "text/plain", Map.of());

        var closed = store.close();
        assertThatThrownBy(() -> await(store.read("a")))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.RETRY))
                .hasMessage("hanging store: it is closed, this process is stopping");
        assertThat(hanging.closed).isFalse();
        hanging.go.countDown();

        await(closed);
        assertThat(hanging.closed).isTrue();
        assertThat(await(create)).isEqualTo(ObjectStore.Creation.CREATED);
        assertThat(await(waiting)).isEqualTo(ObjectStore.Creation.CREATED);
    }

    @Test
    void hangingCallsFailOnClose() {
        Hanging hanging = new Hanging();
        ObjectStore store = open(hanging, Duration.ofSeconds(30), Duration.ofMillis(50));
        var read = store.read("a");
        var waiting = store.read("b");

        await(store.close());

        assertThat(hanging.closed).isTrue();
        for (var call : List.of(read, waiting)) {
            assertThatThrownBy(() -> await(call))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("it is closed");
        }
        hanging.go.countDown();
    }
}
