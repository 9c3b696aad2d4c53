package io.alertstream.server.reading;

import io.alertstream.cache.Lookups;
import io.alertstream.cache.SingleFlightCache;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;

/** Meters of a cache: how lookups are answered, and how much the cache holds. */
final class CacheLookups implements Lookups {

    private final Counter cached;
    private final Counter shared;
    private final Counter loaded;

    /**
     * @param kind of cached values
     */
    CacheLookups(MeterRegistry meters, String kind) {
        cached = counter(meters, kind, "cached");
        shared = counter(meters, kind, "shared");
        loaded = counter(meters, kind, "loaded");
    }

    private static Counter counter(MeterRegistry meters, String kind, String source) {
        return Counter.builder("alertstream.server.cache.requests")
                .description("lookups: found in memory, shared with a read under way, or read from the store")
                .tag("kind", kind)
                .tag("source", source)
                .register(meters);
    }

    /** Registers the cache's size. */
    static void size(MeterRegistry meters, String kind, SingleFlightCache<?, ?> cache) {
        Gauge.builder("alertstream.server.cache.size", cache, SingleFlightCache::bytes)
                .description("bytes held in memory")
                .baseUnit(BaseUnits.BYTES)
                .tag("kind", kind)
                .register(meters);
    }

    @Override
    public void cached() {
        cached.increment();
    }

    @Override
    public void shared() {
        shared.increment();
    }

    @Override
    public void loaded() {
        loaded.increment();
    }
}
