package io.alertstream.avro.sample;

/** Writes an asteroid as the records {@code lsst.v11_1.ssSource} and {@code lsst.v11_1.mpc_orbits}. */
final class SolarSystemFields {

    private static final double KM_S_PER_AU_DAY = 1731.4568;
    private static final double ORBIT_EPOCH = 61_000;
    private static final double SLOPE = 0.15;
    private static final long FITTED_MICROS = 1_767_225_600_000_000L;
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int ORBIT_TYPE_MAIN_BELT = 11;

    private SolarSystemFields() {}

    static void writeSource(Asteroid asteroid, Detection now, AvroBuffer out) {
        Deviates deviates = new Deviates(now.id());
        Asteroid.Motion motion = asteroid.motion();
        double offsetRa = 1.4 * now.skyError() * deviates.normal();
        double offsetDec = 1.4 * now.skyError() * deviates.normal();
        Vector seen = Vector.towards(now.place().ra(), now.place().dec());
        Vector ecliptic = seen.turnedAboutX(-Earth.OBLIQUITY);
        out.number(now.id());
        out.number(asteroid.id());
        out.someText(asteroid.designation());
        out.float64(ecliptic.longitude());
        out.float64(ecliptic.latitude());
        out.float64(Galaxy.longitude(seen));
        out.float64(Galaxy.latitude(seen));
        out.someFloat32(asteroid.elongation());
        out.someFloat32(asteroid.phaseAngle());
        out.someFloat32(asteroid.topo().length());
        out.someFloat32(
                KM_S_PER_AU_DAY * asteroid.topoVelocity().dot(asteroid.topo().unit()));
        out.someFloat32(asteroid.helio().length());
        out.someFloat32(
                KM_S_PER_AU_DAY * asteroid.velocity().dot(asteroid.helio().unit()));
        out.someFloat64(now.place().ra()
                - offsetRa / StrictMath.cos(StrictMath.toRadians(now.place().dec())));
        out.someFloat64(now.place().dec() - offsetDec);
        out.someFloat32(magnitude(now));
        out.someFloat32(motion.rate());
        out.someFloat32(motion.east());
        out.someFloat32(motion.north());
        double arcsec = 3600;
        out.someFloat32(arcsec * StrictMath.sqrt(offsetRa * offsetRa + offsetDec * offsetDec));
        out.someFloat64(arcsec * offsetRa);
        out.someFloat64(arcsec * offsetDec);
        out.someFloat32(arcsec * (offsetRa * motion.east() + offsetDec * motion.north()) / motion.rate());
        out.someFloat32(arcsec * (offsetDec * motion.east() - offsetRa * motion.north()) / motion.rate());
        state(asteroid.helio(), asteroid.velocity(), out);
        state(asteroid.topo(), asteroid.topoVelocity(), out);
        out.someNumber(1); // diaDistanceRank
    }

    /** Position and velocity in the equatorial frame, in au and km/s. */
    private static void state(Vector place, Vector velocity, AvroBuffer out) {
        vector(place.turnedAboutX(Earth.OBLIQUITY), out);
        Vector kmPerSecond = velocity.times(KM_S_PER_AU_DAY).turnedAboutX(Earth.OBLIQUITY);
        vector(kmPerSecond, out);
        out.someFloat32(kmPerSecond.length());
    }

    private static void vector(Vector vector, AvroBuffer out) {
        out.someFloat32(vector.x());
        out.someFloat32(vector.y());
        out.someFloat32(vector.z());
    }

    static void writeOrbit(Asteroid asteroid, Detection now, AvroBuffer out) {
        Deviates deviates = new Deviates(asteroid.id());
        Orbit orbit = Orbit.of(asteroid);
        int oppositions = 2 + deviates.below(12);
        int observations = oppositions * (15 + deviates.below(60));
        double arc = oppositions * deviates.uniform(350, 520);
        double precision = 1e-8 * (1 + deviates.below(20));
        out.number(1_000_000 + asteroid.number());
        out.text(asteroid.designation());
        out.text(asteroid.packedDesignation());
        out.text(asteroid.designation());
        out.none(); // mpc_orb_jsonb
        long created = FITTED_MICROS - DAY_MICROS * (30 + deviates.below(300));
        out.someNumber(created);
        out.someNumber(FITTED_MICROS);
        out.someNumber(ORBIT_TYPE_MAIN_BELT);
        out.someNumber(deviates.below(4)); // u_param
        out.someNumber(oppositions);
        out.someFloat64(arc);
        out.someFloat64(arc);
        out.someNumber(observations);
        out.someNumber(observations - deviates.below(5));
        out.someFloat64(orbit.a());
        out.someFloat64(orbit.perihelion());
        out.someFloat64(orbit.e());
        out.someFloat64(orbit.i());
        out.someFloat64(orbit.node());
        out.someFloat64(orbit.argument());
        out.someFloat64(orbit.perihelionTime());
        out.none(6); // yarkovsky to dt
        out.someFloat64(orbit.meanAnomaly(ORBIT_EPOCH));
        out.someFloat64(orbit.period());
        out.someFloat64(orbit.motion());
        out.someFloat64(precision * orbit.a());
        out.someFloat64(precision * orbit.a());
        out.someFloat64(precision);
        out.someFloat64(100 * precision);
        out.someFloat64(300 * precision);
        out.someFloat64(600 * precision);
        out.someFloat64(2000 * precision);
        out.none(6); // yarkovsky_unc to dt_unc
        out.someFloat64(500 * precision);
        out.someFloat64(3 * precision * orbit.period());
        out.someFloat64(3 * precision * orbit.motion());
        out.someFloat64(ORBIT_EPOCH);
        out.someFloat64(absoluteMagnitude(asteroid, now));
        out.someFloat64(SLOPE);
        out.someFloat64(deviates.uniform(0.2, 0.6));
        out.someFloat64(deviates.uniform(0.2, 0.6));
        out.someFloat64(orbit.perihelion() - 1); // earth_moid, as if the orbits were coplanar
        out.someNumber(FITTED_MICROS);
    }

    private static double magnitude(Detection now) {
        return Band.magnitude(now.epoch().flux());
    }

    /** The magnitude at 1 au from Sun and Earth and zero phase angle, by the H, G system. */
    private static double absoluteMagnitude(Asteroid asteroid, Detection now) {
        double half = StrictMath.tan(StrictMath.toRadians(asteroid.phaseAngle() / 2));
        double phase = (1 - SLOPE) * StrictMath.exp(-3.33 * StrictMath.pow(half, 0.63))
                + SLOPE * StrictMath.exp(-1.87 * StrictMath.pow(half, 1.22));
        double distances = asteroid.helio().length() * asteroid.topo().length();
        return magnitude(now) - 5 * StrictMath.log10(distances) + 2.5 * StrictMath.log10(phase);
    }
}
