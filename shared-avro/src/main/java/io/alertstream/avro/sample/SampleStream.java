package io.alertstream.avro.sample;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertStream;
import java.util.NoSuchElementException;

/** One pass over a made-up visit: burst by burst, and alert by alert within a burst. */
final class SampleStream implements AlertStream {

    private final Visit visit;
    private final Sky sky;
    private final AlertMaker maker;
    private int burst;
    private int inBurst;
    private Optics optics;

    SampleStream(Visit visit, long seed, int alerts, SampleHistory history, int schemaId) {
        this.visit = visit;
        this.sky = new Sky(visit, seed, alerts, history);
        this.maker = new AlertMaker(visit, history, schemaId);
    }

    double firstMjdTai() {
        return visit.mjdTai(sky.bursts().get(0).detector());
    }

    double lastMjdTai() {
        return visit.mjdTai(sky.bursts().get(sky.bursts().size() - 1).detector());
    }

    @Override
    public boolean hasNext() {
        return burst < sky.bursts().size();
    }

    @Override
    public Alert next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the visit has no more alerts");
        }
        Bursts.Burst now = sky.bursts().get(burst);
        if (inBurst == 0) {
            optics = new Optics(visit, now.detector());
        }
        Alert alert = maker.make(sky.find(now, inBurst), optics);
        if (++inBurst == now.alerts()) {
            burst++;
            inBurst = 0;
        }
        return alert;
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
