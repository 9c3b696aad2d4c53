package io.alertstream.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.server.limits.SharedCache.Bounds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedCacheTest {

    private final CacheMeters meters = new CacheMeters(new SimpleMeterRegistry(), "test");
    private final List<Long> loads = new ArrayList<>();
    private final Map<Long, Promise<Optional<String>>> pending = new HashMap<>();
    private final SharedCache<String> cache = new SharedCache<>(
            new Bounds(10, 3),
            String::length,
            id -> {
                loads.add(id);
                return pending.computeIfAbsent(id, any -> Promise.promise()).future();
            },
            meters);

    @Test
    void whoAsksForWhatIsBeingLoadedSharesTheLoad() {
        List<Future<Optional<String>>> asked = List.of(cache.get(1), cache.get(1), cache.get(1));

        pending.remove(1L).complete(Optional.of("one"));

        assertThat(asked).allSatisfy(answer -> assertThat(answer.result()).hasValue("one"));
        assertThat(loads).containsExactly(1L);
        assertThat(meters.loaded.count()).isEqualTo(1);
        assertThat(meters.shared.count()).isEqualTo(2);
    }

    @Test
    void whatWasLoadedIsKept() {
        load(1, "one");

        assertThat(cache.get(1).result()).hasValue("one");
        assertThat(loads).containsExactly(1L);
        assertThat(meters.cached.count()).isEqualTo(1);
    }

    @Test
    void whatServesOnlyThoseWhoWaitIsNotKept() {
        SharedCache<String> first = new SharedCache<>(
                new Bounds(10, 3),
                new SharedCache.Keeping<>() {
                    @Override
                    public long bytes(String value) {
                        return value.length();
                    }

                    @Override
                    public String kept(String value) {
                        return value.substring(0, 3);
                    }
                },
                id -> Future.succeededFuture(Optional.of("one and more than fits")),
                meters);

        assertThat(first.get(1).result()).hasValue("one and more than fits");
        assertThat(first.get(1).result()).hasValue("one");
        assertThat(meters.bytes.get()).isEqualTo(3);
    }

    @Test
    void whatIsNotThereIsLookedForAgain() {
        cache.get(1);
        pending.remove(1L).complete(Optional.empty());

        load(1, "one");

        assertThat(loads).containsExactly(1L, 1L);
    }

    @Test
    void aFailureIsSharedAndNotKept() {
        List<Future<Optional<String>>> asked = List.of(cache.get(1), cache.get(1));
        pending.remove(1L).fail("the store is away");
        assertThat(asked).allSatisfy(answer -> assertThat(answer.cause()).hasMessage("the store is away"));

        load(1, "one");
    }

    @Test
    void theLeastRecentlyAskedForGoesFirst() {
        load(1, "1111");
        load(2, "2222");
        cache.get(1);

        load(3, "333");

        assertThat(meters.bytes).hasValue(7);
        cache.get(1);
        cache.get(3);
        assertThat(loads).containsExactly(1L, 2L, 3L);
        cache.get(2);
        assertThat(loads).containsExactly(1L, 2L, 3L, 2L);
    }

    @Test
    void whatIsLargerThanTheCacheIsPassedOnAndNotKept() {
        load(1, "1");
        load(2, "eleven bytes");

        assertThat(meters.bytes).hasValue(1);
        assertThat(cache.get(1).result()).hasValue("1");
    }

    @Test
    void loadsAtATimeAreBounded() {
        cache.get(1);
        cache.get(2);
        cache.get(3);

        assertThat(cache.get(4).cause()).isInstanceOf(OverloadedException.class);
        assertThat(cache.get(3).isComplete()).isFalse();

        pending.remove(1L).complete(Optional.of("1"));
        load(4, "4");
    }

    private void load(long id, String value) {
        Future<Optional<String>> asked = cache.get(id);
        pending.remove(id).complete(Optional.of(value));
        assertThat(asked.result()).hasValue(value);
    }
}
