package io.alertstream.avro.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a visit finds, detector by detector: each is ready at its own time within three seconds, and then emits all of
 * its alerts at once.
 */
final class Bursts {

    private static final long PLAN = 0xb0e5;

    /**
     * The alerts of one detector.
     *
     * @param objects the numbers of the objects found, in ascending order
     * @param passing number of sources that belong to no object: asteroids and artefacts
     */
    record Burst(int detector, double seconds, List<Integer> objects, int passing) {

        int alerts() {
            return objects.size() + passing;
        }
    }

    private Bursts() {}

    /**
     * The detectors that have alerts, earliest first.
     *
     * @param alerts of the whole visit; those not used up by objects are sources found only once
     */
    static List<Burst> of(Visit visit, Catalogue catalogue, long seed, int alerts) {
        List<List<Integer>> objects = new ArrayList<>();
        for (int detector = 0; detector < FocalPlane.DETECTORS; detector++) {
            objects.add(new ArrayList<>());
        }
        int left = alerts;
        for (int number = 0; number < catalogue.size() && left > 0; number++) {
            Optional<Epoch> epoch = find(catalogue.get(number, visit.exposure().mjdTai()), visit);
            if (epoch.isPresent()) {
                objects.get(epoch.get().pixel().detector()).add(number);
                left--;
            }
        }
        int[] passing = passing(Deviates.mix(seed, PLAN), left);
        List<Burst> bursts = new ArrayList<>();
        for (int detector = 0; detector < FocalPlane.DETECTORS; detector++) {
            Burst burst = new Burst(detector, visit.seconds(detector), objects.get(detector), passing[detector]);
            if (burst.alerts() > 0) {
                bursts.add(burst);
            }
        }
        bursts.sort(Comparator.comparingDouble(Burst::seconds));
        return bursts;
    }

    /** The measurement of an object in a visit, if the visit detects it. */
    static Optional<Epoch> find(SkyObject object, Visit visit) {
        return visit.pointing()
                .pixel(object.direction())
                .map(pixel -> Epoch.of(object, visit, pixel))
                .filter(Epoch::found);
    }

    /** Some detectors have more artefacts than others. */
    private static int[] passing(long seed, int count) {
        Deviates deviates = new Deviates(seed);
        double[] share = new double[FocalPlane.DETECTORS];
        for (int detector = 0; detector < FocalPlane.DETECTORS; detector++) {
            share[detector] = deviates.uniform(0.5, 1);
        }
        int[] counts = new int[FocalPlane.DETECTORS];
        int left = count;
        while (left > 0) {
            int detector = deviates.below(FocalPlane.DETECTORS);
            if (deviates.chance(share[detector])) {
                counts[detector]++;
                left--;
            }
        }
        return counts;
    }
}
