package io.alertstream.avro.sample;

/** Position of the Earth, to a few arcminutes: enough for plausible asteroids. Ecliptic, in au and au a day. */
final class Earth {

    static final double OBLIQUITY = 23.4393;

    private static final double MJD_OF_J2000 = 51_544.5;
    private static final double STEP = 0.05;

    private Earth() {}

    /** Relative to the Sun. */
    static Vector position(double mjd) {
        double days = mjd - MJD_OF_J2000;
        double anomaly = StrictMath.toRadians(357.528 + 0.9856003 * days);
        double longitude =
                280.460 + 0.9856474 * days + 1.915 * StrictMath.sin(anomaly) + 0.020 * StrictMath.sin(2 * anomaly);
        double distance = 1.00014 - 0.01671 * StrictMath.cos(anomaly) - 0.00014 * StrictMath.cos(2 * anomaly);
        return Vector.towards(longitude, 0).times(-distance);
    }

    static Vector velocity(double mjd) {
        return position(mjd + STEP).minus(position(mjd - STEP)).times(1 / (2 * STEP));
    }
}
