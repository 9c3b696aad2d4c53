package io.alertstream.avro.sample;

import java.util.Locale;

/** The survey's filters. Depths and zero points are the survey's published figures for a visit of 30 s. */
enum Band {
    U(23.9, 30.2, 0.21, 0.12),
    G(25.0, 32.0, 0.63, 0.42),
    R(24.7, 31.8, 1.00, 1.00),
    I(24.0, 31.5, 1.15, 1.45),
    Z(23.3, 31.1, 1.20, 1.75),
    Y(22.1, 30.2, 1.22, 1.90);

    private static final double AB_ZERO_POINT_NJY = 31.4;

    private final String letter = name().toLowerCase(Locale.ROOT);
    private final double depthFlux;
    private final double fluxPerElectron;
    private final double sunlike;
    private final double galaxy;

    /**
     * @param depth AB magnitude of a point source detected at 5 sigma
     * @param zeroPoint AB magnitude that gives one electron in a visit
     * @param sunlike flux of a Sun-like star relative to its flux in r; {@code galaxy} is the same for a galaxy
     */
    Band(double depth, double zeroPoint, double sunlike, double galaxy) {
        depthFlux = flux(depth);
        fluxPerElectron = flux(zeroPoint);
        this.sunlike = sunlike;
        this.galaxy = galaxy;
    }

    String letter() {
        return letter;
    }

    /** Standard deviation of a faint point source's flux in a typical visit. */
    double fluxError() {
        return depthFlux / 5;
    }

    /** The flux that gives one electron: the variance of a flux F is F times this. */
    double fluxPerElectron() {
        return fluxPerElectron;
    }

    /** A star's flux relative to r. Redness 0 is the same flux in all bands, 1 a Sun-like star, more is redder. */
    double ofStar(double redness) {
        return redness == 1 ? sunlike : StrictMath.pow(sunlike, redness);
    }

    /** Flux of a galaxy relative to r. */
    double ofGalaxy() {
        return galaxy;
    }

    static double flux(double abMagnitude) {
        return StrictMath.pow(10, (AB_ZERO_POINT_NJY - abMagnitude) / 2.5);
    }

    static double magnitude(double flux) {
        return AB_ZERO_POINT_NJY - 2.5 * StrictMath.log10(flux);
    }
}
