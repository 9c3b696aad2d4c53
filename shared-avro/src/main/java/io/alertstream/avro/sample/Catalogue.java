package io.alertstream.avro.sample;

/**
 * The objects of a field: first the stars that subtract badly, then the variables and transients. Each is made on
 * request.
 */
final class Catalogue {

    /** Objects lie in a square somewhat larger than the camera's field, whose centre moves from visit to visit. */
    private static final double HALF_SIDE = StrictMath.toRadians(1.9);

    /** Half of a source id's counter range; the other half is for sources that belong to no object. */
    private static final int MAX_OBJECTS = Ids.MAX_COUNTER / 2;

    private final long seed;
    private final Pointing centre;
    private final int residuals;
    private final int size;

    /** @param alerts per visit: a field with more alerts holds more objects */
    Catalogue(long seed, int field, int alerts, SampleHistory history) {
        this.seed = Deviates.mix(seed, field);
        centre = new Pointing(Cadence.ra(field), Cadence.dec(field), 0);
        double wanted = alerts * (history.residualsPerAlert() + history.objectsPerAlert());
        double fits = Math.min(1, MAX_OBJECTS / wanted);
        residuals = (int) (fits * alerts * history.residualsPerAlert());
        size = (int) (fits * wanted);
    }

    int size() {
        return size;
    }

    /**
     * @param mjdTai the time, which matters for explosions: some months later the same number is another one, elsewhere
     */
    SkyObject get(int number, double mjdTai) {
        long objectSeed = Deviates.mix(seed, number);
        if (number < residuals) {
            return object(number, objectSeed, Population.residual(new Deviates(objectSeed)), 0);
        }
        Deviates deviates = new Deviates(objectSeed);
        if (!Population.explodes(deviates)) {
            return object(number, objectSeed, Population.variable(deviates), 0);
        }
        double phase = deviates.uniform();
        double turn = StrictMath.floor(mjdTai / Population.DAYS_BETWEEN_EXPLOSIONS + phase);
        double start = (turn - phase) * Population.DAYS_BETWEEN_EXPLOSIONS;
        long explosionSeed = Deviates.mix(objectSeed, (long) turn);
        return object(number, explosionSeed, Population.explosion(start, new Deviates(explosionSeed)), start);
    }

    private SkyObject object(int number, long objectSeed, Source source, double from) {
        Deviates deviates = new Deviates(~objectSeed);
        Vector direction =
                centre.direction(deviates.uniform(-HALF_SIDE, HALF_SIDE), deviates.uniform(-HALF_SIDE, HALF_SIDE));
        return new SkyObject(number, objectSeed, source, direction, from);
    }
}
