package io.alertstream.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SingleFlightCacheTest {

    private static final int MAX_BYTES = 10;

    private final Vertx vertx = Vertx.vertx();
    private final Counted lookups = new Counted();
    private final List<Long> loads = new CopyOnWriteArrayList<>();
    private final Map<Long, Promise<Optional<String>>> pending = new ConcurrentHashMap<>();
    private final SingleFlightCache<Long, String> cache =
            new SingleFlightCache<>(vertx, MAX_BYTES, String::length, this::begin, lookups);

    private static final class Counted implements Lookups {
        private int cached;
        private int shared;
        private int loaded;

        @Override
        public void cached() {
            cached++;
        }

        @Override
        public void shared() {
            shared++;
        }

        @Override
        public void loaded() {
            loaded++;
        }
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void requestsForOneKeyShareOneLoad() {
        List<Future<Optional<String>>> asked = List.of(cache.get(1L), cache.get(1L), cache.get(1L));

        pending.remove(1L).complete(Optional.of("one"));

        assertThat(asked).allSatisfy(answer -> assertThat(await(answer)).hasValue("one"));
        assertThat(loads).containsExactly(1L);
        assertThat(lookups.loaded).isEqualTo(1);
        assertThat(lookups.shared).isEqualTo(2);
    }

    @Test
    void aLoadedValueIsCached() {
        load(1, "one");

        assertThat(cache.get(1L).result()).hasValue("one");
        assertThat(loads).containsExactly(1L);
        assertThat(lookups.cached).isEqualTo(1);
        assertThat(cache.bytes()).isEqualTo(3);
    }

    @Test
    void aResultOnlyForTheWaitersIsNotCached() {
        SingleFlightCache<Long, String> first = keeping(value -> Optional.of(value.substring(0, 3)));

        assertThat(await(first.get(1L))).hasValue("one and more than fits");
        assertThat(await(first.get(1L))).hasValue("one");
        assertThat(first.bytes()).isEqualTo(3);
    }

    @Test
    void anUncacheableValueIsLoadedAgain() {
        SingleFlightCache<Long, String> none = keeping(value -> Optional.empty());

        await(none.get(1L));

        assertThat(await(none.get(1L))).hasValue("one and more than fits");
        assertThat(lookups.loaded).isEqualTo(2);
        assertThat(none.bytes()).isZero();
    }

    @Test
    void aMissingValueIsLoadedAgain() {
        Future<Optional<String>> missing = cache.get(1L);
        pending.remove(1L).complete(Optional.empty());
        assertThat(await(missing)).isEmpty();

        load(1, "one");

        assertThat(loads).containsExactly(1L, 1L);
    }

    @Test
    void aFailureReachesItsWaitersAndIsNotCached() {
        List<Future<Optional<String>>> asked = List.of(cache.get(1L), cache.get(1L));
        pending.remove(1L).fail("store unavailable");
        assertThat(asked).allSatisfy(answer -> assertThatThrownBy(() -> await(answer))
                .hasMessage("store unavailable")
                .isNotInstanceOf(java.util.concurrent.CancellationException.class));

        load(1, "one");
    }

    @Test
    void aLoaderThatThrowsFailsTheRequest() {
        SingleFlightCache<Long, String> broken = new SingleFlightCache<>(
                vertx,
                MAX_BYTES,
                String::length,
                key -> {
                    throw new IllegalStateException("no loader");
                },
                lookups);

        assertThatThrownBy(() -> await(broken.get(1L))).hasMessage("no loader");
        assertThatThrownBy(() -> await(broken.get(1L))).hasMessage("no loader");
    }

    /** Caffeine would log a failed load with its stack trace. */
    @Test
    void aFailureIsNotLogged() {
        List<LogRecord> logged = new ArrayList<>();
        Logger logger = Logger.getLogger("com.github.benmanes.caffeine.cache");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord event) {
                logged.add(event);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            Future<Optional<String>> asked = cache.get(1L);
            pending.remove(1L).fail("store unavailable");
            assertThatThrownBy(() -> await(asked)).hasMessage("store unavailable");
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(logged).isEmpty();
    }

    @Test
    void cachedBytesStayWithinTheBound() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            long key = random.nextInt(50);
            Future<Optional<String>> asked = cache.get(key);
            Promise<Optional<String>> load = pending.remove(key);
            if (load != null) {
                load.complete(Optional.of("x".repeat(random.nextInt(MAX_BYTES + 3))));
            }
            await(asked);
            assertThat(cache.bytes()).as("seed %d", seed).isBetween(0L, (long) MAX_BYTES);
        }
    }

    @Test
    void aValueLargerThanTheCacheEvictsNothing() {
        load(1, "1");
        load(2, "eleven bytes");

        assertThat(cache.bytes()).isEqualTo(1);
        assertThat(await(cache.get(1L))).hasValue("1");
        assertThat(loads).containsExactly(1L, 2L);
    }

    @Test
    void resultsArriveOnTheCallersContext() {
        Context caller = vertx.getOrCreateContext();
        Promise<Context> answered = Promise.promise();
        caller.runOnContext(ask -> cache.get(1L).onComplete(loaded -> answered.complete(Vertx.currentContext())));

        await(Future.future(later -> vertx.setTimer(1, fired -> {
            pending.remove(1L).complete(Optional.of("one"));
            later.complete();
        })));

        assertThat(await(answered.future())).isSameAs(caller);
    }

    private SingleFlightCache<Long, String> keeping(java.util.function.Function<String, Optional<String>> kept) {
        Keeping<String> keeping = new Keeping<>() {
            @Override
            public long bytes(String value) {
                return value.length();
            }

            @Override
            public Optional<String> kept(String value) {
                return kept.apply(value);
            }
        };
        return new SingleFlightCache<>(
                vertx,
                MAX_BYTES,
                keeping,
                key -> Future.succeededFuture(Optional.of("one and more than fits")),
                lookups);
    }

    private Future<Optional<String>> begin(long key) {
        loads.add(key);
        return pending.computeIfAbsent(key, any -> Promise.promise()).future();
    }

    private void load(long key, String value) {
        Future<Optional<String>> asked = cache.get(key);
        pending.remove(key).complete(Optional.of(value));
        assertThat(await(asked)).hasValue(value);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing within 20 s", e);
        }
    }
}
