package io.alertstream.avro.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When a visit's alerts come: each detector is ready at its own time within three seconds and then gives all of its
 * alerts at once. On the sky they all have one time, that of the exposure; here the alerts' own times carry the order in
 * which they come, for a replay goes by them.
 */
final class Bursts {

    private static final double SECONDS = 3;
    private static final long PLAN = 0xb0e5;

    /**
     * The alerts of one detector.
     *
     * @param seconds after the visit's own time
     */
    record Burst(int detector, double seconds, int alerts) {}

    private Bursts() {}

    /** Those detectors that have alerts, the earliest first. */
    static List<Burst> of(long seed, int alerts) {
        Deviates deviates = new Deviates(Deviates.mix(seed, PLAN));
        double[] share = new double[FocalPlane.DETECTORS];
        double[] seconds = new double[FocalPlane.DETECTORS];
        for (int detector = 0; detector < FocalPlane.DETECTORS; detector++) {
            share[detector] = deviates.uniform(0.5, 1);
            seconds[detector] = deviates.uniform(0, SECONDS);
        }
        int[] counts = new int[FocalPlane.DETECTORS];
        int left = alerts;
        while (left > 0) {
            int detector = deviates.below(FocalPlane.DETECTORS);
            if (deviates.chance(share[detector])) {
                counts[detector]++;
                left--;
            }
        }
        List<Burst> bursts = new ArrayList<>();
        for (int detector = 0; detector < FocalPlane.DETECTORS; detector++) {
            if (counts[detector] > 0) {
                bursts.add(new Burst(detector, seconds[detector], counts[detector]));
            }
        }
        bursts.sort(Comparator.comparingDouble(Burst::seconds));
        return bursts;
    }
}
