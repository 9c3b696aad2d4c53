package io.alertstream.server.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.concurrent.atomic.AtomicLong;

/** How often a cache had what was asked for, and how much it holds. */
public final class CacheMeters {

    /** What was asked for was there. */
    final Counter cached;
    /** Someone else had asked for it already. */
    final Counter shared;
    /** It had to be read. */
    final Counter loaded;
    /** Bytes held. */
    final AtomicLong bytes = new AtomicLong();

    /**
     * @param kind of what is kept
     */
    public CacheMeters(MeterRegistry meters, String kind) {
        cached = counter(meters, kind, "cached");
        shared = counter(meters, kind, "shared");
        loaded = counter(meters, kind, "loaded");
        Gauge.builder("alertstream.server.cache.size", bytes, AtomicLong::get)
                .description("bytes held in memory")
                .baseUnit(BaseUnits.BYTES)
                .tag("kind", kind)
                .register(meters);
    }

    private static Counter counter(MeterRegistry meters, String kind, String source) {
        return Counter.builder("alertstream.server.cache.requests")
                .description("look-ups: found in memory, shared with a read under way, or read from the store")
                .tag("kind", kind)
                .tag("source", source)
                .register(meters);
    }
}
