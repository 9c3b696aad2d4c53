package io.alertstream.avro.sample;

import io.alertstream.avro.sample.Source.Kind;

/**
 * Draws what a visit's alerts are about. Half are variable stars and active nuclei, an eighth explosions, a twentieth
 * asteroids; the rest is what every difference image has too many of.
 */
final class Population {

    private static final double VARIABLES = 0.50;
    private static final double TRANSIENTS = 0.13;
    private static final double ASTEROIDS = 0.05;
    private static final double DIPOLES = 0.08;

    private static final double THRESHOLD = 5;

    private Population() {}

    /** Draws until the source would be found by the exposure. */
    static Source draw(Exposure exposure, Deviates deviates) {
        double what = deviates.uniform();
        Source source;
        do {
            source = candidate(what, exposure, deviates);
        } while (!found(source, exposure));
        return source;
    }

    /** The flux that the exposure measures of a source; not much under the threshold, if at all. */
    static double measured(Source source, Exposure exposure, Deviates deviates) {
        double flux = source.difference(exposure.band(), exposure.mjdTai());
        double error = exposure.differenceError(flux + source.under(exposure.band()));
        if (isOnTheSky(source)) {
            return flux + 0.5 * error * deviates.normal();
        }
        double significance = THRESHOLD - 1.5 * StrictMath.log(1 - deviates.uniform());
        return (deviates.chance(0.4) ? -significance : significance) * error;
    }

    private static boolean found(Source source, Exposure exposure) {
        double flux = source.difference(exposure.band(), exposure.mjdTai());
        double error = exposure.differenceError(flux + source.under(exposure.band()));
        return !isOnTheSky(source) || Math.abs(flux) > THRESHOLD * error;
    }

    private static boolean isOnTheSky(Source source) {
        return source.kind() != Kind.ARTEFACT && source.kind() != Kind.DIPOLE;
    }

    private static Source candidate(double what, Exposure exposure, Deviates deviates) {
        double rest = what;
        if (rest < VARIABLES) {
            return rest < 0.6 * VARIABLES ? star(deviates) : nucleus(deviates);
        }
        rest -= VARIABLES;
        if (rest < TRANSIENTS) {
            return explosion(exposure.mjdTai(), deviates);
        }
        rest -= TRANSIENTS;
        if (rest < ASTEROIDS) {
            return Source.of(Kind.MOVING, Band.flux(deviates.uniform(19, 23)), false, 0);
        }
        rest -= ASTEROIDS;
        if (rest < DIPOLES) {
            return Source.of(Kind.DIPOLE, Band.flux(deviates.uniform(18, 21.5)), true, deviates.uniform(0.05, 0.25));
        }
        return Source.of(Kind.ARTEFACT, Band.flux(deviates.uniform(19, 26)), deviates.chance(0.5), 0);
    }

    private static Source star(Deviates deviates) {
        // Periods of RR Lyrae stars, Cepheids and long-period variables: evenly spread in the logarithm.
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

    private static Source explosion(double now, Deviates deviates) {
        // Squared: the young ones are as many as the old ones that are still bright.
        double age = 120 * deviates.uniform() * deviates.uniform();
        LightCurve curve = new LightCurve.Explosion(now - age, deviates.uniform(2, 10), deviates.uniform(15, 60));
        double peak = Band.flux(deviates.uniform(19, 24));
        return new Source(Kind.TRANSIENT, curve, peak, deviates.uniform(0, 1), false, 0, 0, 0, 0, 1)
                .in(
                        Band.flux(deviates.uniform(17.5, 23)),
                        4 * deviates.normal(),
                        4 * deviates.normal(),
                        deviates.uniform(2, 6));
    }
}
