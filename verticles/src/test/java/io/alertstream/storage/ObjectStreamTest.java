package io.alertstream.storage;

import static io.alertstream.storage.ObjectStoreContract.await;
import static io.alertstream.storage.ObjectStoreContract.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObjectStreamTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger reads = new AtomicInteger();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void nothingIsReadWithoutDemand() {
        List<Buffer> taken = new ArrayList<>();
        ObjectStream stream = new ObjectStream(Runnable::run, 3, this::piece);

        stream.pause();
        stream.handler(taken::add);
        assertThat(reads).hasValue(0);
        stream.fetch(2);
        assertThat(reads).hasValue(2);
        assertThat(taken).hasSize(2);
        stream.resume();

        assertThat(taken).hasSize(3);
    }

    @Test
    void aPieceThatArrivesWhilePausedWaitsForDemand() {
        List<Buffer> taken = new ArrayList<>();
        List<Promise<Optional<byte[]>>> asked = new ArrayList<>();
        ObjectStream stream = new ObjectStream(Runnable::run, 3, () -> {
            asked.add(Promise.promise());
            return asked.get(asked.size() - 1).future();
        });

        stream.handler(taken::add);
        stream.pause();
        asked.get(0).complete(Optional.of(new byte[1]));
        assertThat(taken).isEmpty();
        stream.fetch(1);

        assertThat(taken).hasSize(1);
        assertThat(asked).as("pieces read, without demand for a second one").hasSize(1);
    }

    private Future<Optional<byte[]>> piece() {
        return Future.succeededFuture(reads.incrementAndGet() > 3 ? Optional.empty() : Optional.of(new byte[1]));
    }

    @Test
    void aDamagedOrTruncatedObjectFailsTheStream() {
        MemoryStore short_ = new MemoryStore() {
            @Override
            public Optional<byte[]> read(String name, long from, int length) {
                return super.read(name, from, length).map(piece -> Arrays.copyOf(piece, piece.length - 1));
            }
        };
        MemoryStore other = new MemoryStore() {
            @Override
            public Optional<ObjectInfo> info(String name) {
                return super.info(name).map(info -> new ObjectInfo(name, info.size(), OptionalInt.of(17)));
            }
        };
        assertFails(short_, "memory store: a ends after 999 of 1000 bytes");
        assertFails(other, "memory store: a arrived damaged: expected CRC-32C 00000011, got ");
    }

    private void assertFails(MemoryStore store, String message) {
        store.objects.put("a", bytes(1000));
        ObjectStore pooled = new PooledStore(vertx, store, "memory", 1, Duration.ofSeconds(5), Duration.ofSeconds(5));
        Promise<List<Buffer>> read = Promise.promise();
        vertx.runOnContext(start -> pooled.stream("a")
                .compose(stream -> stream.orElseThrow().collect(Collectors.toList()))
                .onComplete(read));

        assertThatThrownBy(() -> await(read.future()))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(message);
        await(pooled.close());
    }
}
