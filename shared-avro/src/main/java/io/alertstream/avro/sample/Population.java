package io.alertstream.avro.sample;

import io.alertstream.avro.sample.Source.Kind;

/**
 * Draws the sources of alerts. Variable stars, active nuclei, explosions and the bright stars that subtract badly have
 * a fixed position and are detected repeatedly; asteroids and artefacts are detected once.
 */
final class Population {

    /** Time after which an object number explodes again: a made-up survey needs explosions in every year. */
    static final double DAYS_BETWEEN_EXPLOSIONS = 200;

    private static final double EXPLODING = 0.3;
    private static final double STARS = 0.55;
    private static final double ASTEROIDS = 0.06;
    private static final double THRESHOLD = 5;

    private Population() {}

    /** Whether an object explodes; otherwise it is a variable. */
    static boolean explodes(Deviates deviates) {
        return deviates.chance(EXPLODING);
    }

    static Source variable(Deviates deviates) {
        return deviates.chance(STARS) ? star(deviates) : nucleus(deviates);
    }

    /** A bright star that leaves two lobes on the difference image, because the images are misaligned. */
    static Source residual(Deviates deviates) {
        return Source.of(Kind.DIPOLE, Band.flux(deviates.uniform(18, 21.5)), true, deviates.uniform(0.05, 0.25));
    }

    /** A source that only one visit detects: a bright enough asteroid, or an artefact. */
    static Source passing(Exposure exposure, Deviates deviates) {
        if (!deviates.chance(ASTEROIDS)) {
            return Source.of(Kind.ARTEFACT, Band.flux(deviates.uniform(19, 26)), deviates.chance(0.5), 0);
        }
        Source asteroid;
        do {
            asteroid = Source.of(Kind.MOVING, Band.flux(deviates.uniform(19, 23)), false, 0);
        } while (asteroid.difference(exposure.band(), exposure.mjdTai())
                < 1.2 * THRESHOLD * exposure.differenceError(asteroid.flux()));
        return asteroid;
    }

    /** The flux of an artefact: most are barely over the threshold, and many are negative. */
    static double artefact(double error, Deviates deviates) {
        double significance = THRESHOLD - 1.5 * StrictMath.log(1 - deviates.uniform());
        return (deviates.chance(0.4) ? -significance : significance) * error;
    }

    static Source explosion(double start, Deviates deviates) {
        LightCurve curve = new LightCurve.Explosion(start, deviates.uniform(2, 10), deviates.uniform(15, 60));
        double peak = Band.flux(deviates.uniform(19, 24));
        return new Source(Kind.TRANSIENT, curve, peak, deviates.uniform(0, 1), false, 0, 0, 0, 0, 1)
                .in(
                        Band.flux(deviates.uniform(17.5, 23)),
                        4 * deviates.normal(),
                        4 * deviates.normal(),
                        deviates.uniform(2, 6));
    }

    private static Source star(Deviates deviates) {
        // Periods of RR Lyrae stars, Cepheids and long-period variables: uniform in the logarithm.
        double period = 0.2 * StrictMath.exp(deviates.uniform(0, 7));
        LightCurve curve =
                new LightCurve.Periodic(period, 50_000 + period * deviates.uniform(), deviates.uniform(0.05, 0.6));
        return Source.variable(curve, Band.flux(deviates.uniform(17.5, 23.5)), deviates.uniform(0.3, 2));
    }

    private static Source nucleus(Deviates deviates) {
        LightCurve curve = new LightCurve.Irregular(
                deviates.uniform(8, 60), 50_000 + 400 * deviates.uniform(), deviates.uniform(0.1, 0.8));
        return Source.variable(curve, Band.flux(deviates.uniform(18.5, 23.5)), deviates.uniform(-0.2, 0.4))
                .in(Band.flux(deviates.uniform(17.5, 21.5)), 0, 0, deviates.uniform(2, 5));
    }
}
