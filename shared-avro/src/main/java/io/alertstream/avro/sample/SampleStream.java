package io.alertstream.avro.sample;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertStream;
import java.util.List;
import java.util.NoSuchElementException;

/** One pass over a made-up visit: burst by burst, and in a burst alert by alert. */
final class SampleStream implements AlertStream {

    private final Visit visit;
    private final AlertMaker maker;
    private final List<Bursts.Burst> bursts;
    private final long seed;
    private int burst;
    private int inBurst;
    private Optics optics;

    SampleStream(Visit visit, long seed, int alerts, int schemaId) {
        this.visit = visit;
        this.seed = Deviates.mix(seed, visit.number());
        this.maker = new AlertMaker(visit, schemaId);
        this.bursts = Bursts.of(this.seed, alerts);
    }

    double firstMjdTai() {
        return mjdTai(bursts.get(0));
    }

    double lastMjdTai() {
        return mjdTai(bursts.get(bursts.size() - 1));
    }

    private double mjdTai(Bursts.Burst of) {
        return visit.exposure().mjdTai() + of.seconds() / Exposure.SECONDS_A_DAY;
    }

    @Override
    public boolean hasNext() {
        return burst < bursts.size();
    }

    @Override
    public Alert next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the visit has no more alerts");
        }
        Bursts.Burst now = bursts.get(burst);
        if (inBurst == 0) {
            optics = new Optics(visit, now.detector());
        }
        int counter = ++inBurst;
        if (inBurst == now.alerts()) {
            burst++;
            inBurst = 0;
        }
        long alertSeed = Deviates.mix(seed, (long) now.detector() << Integer.SIZE | counter);
        return maker.make(now, counter, optics, new Deviates(alertSeed));
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
