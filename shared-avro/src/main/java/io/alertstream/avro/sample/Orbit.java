package io.alertstream.avro.sample;

/**
 * An asteroid's elliptical orbit, from its position and velocity. Angles in degrees, the rest in au and days.
 *
 * @param motion mean motion, degrees a day
 * @param perihelionTime when it passes perihelion, MJD
 */
record Orbit(double a, double e, double i, double node, double argument, double motion, double perihelionTime) {

    static Orbit of(Asteroid asteroid) {
        double pull = Asteroid.GAUSS * Asteroid.GAUSS;
        Vector r = asteroid.helio();
        Vector v = asteroid.velocity();
        Vector spin = r.cross(v);
        Vector towardsNode = new Vector(0, 0, 1).cross(spin).unit();
        Vector eccentricity = v.cross(spin).times(1 / pull).minus(r.unit());
        double e = eccentricity.length();
        double a = 1 / (2 / r.length() - v.dot(v) / pull);
        double inclination = spin.angle(new Vector(0, 0, 1));
        double argument = signedAngle(towardsNode, eccentricity, spin);
        double eccentricAnomaly =
                StrictMath.atan2(r.dot(v) / (Asteroid.GAUSS * StrictMath.sqrt(a)), 1 - r.length() / a);
        double mean = eccentricAnomaly - e * StrictMath.sin(eccentricAnomaly);
        double motion = Asteroid.GAUSS / (a * StrictMath.sqrt(a));
        return new Orbit(
                a,
                e,
                inclination,
                towardsNode.longitude(),
                argument,
                StrictMath.toDegrees(motion),
                asteroid.mjdTai() - mean / motion);
    }

    double perihelion() {
        return a * (1 - e);
    }

    double period() {
        return 360 / motion;
    }

    double meanAnomaly(double mjd) {
        double degrees = motion * (mjd - perihelionTime) % 360;
        return degrees < 0 ? degrees + 360 : degrees;
    }

    /** The angle from one vector to another about an axis, from 0 to 360. */
    private static double signedAngle(Vector from, Vector to, Vector axis) {
        double angle = from.angle(to);
        return from.cross(to).dot(axis) < 0 ? 360 - angle : angle;
    }
}
