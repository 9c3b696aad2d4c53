package io.alertstream.avro.sample;

import java.util.Locale;

/**
 * A main-belt asteroid at the position of an alert: its distance and velocity are random, and its orbit follows from
 * them. Vectors are ecliptic, in au and au a day.
 *
 * @param number of the asteroid in the sample, from which its designation follows
 * @param helio position relative to the Sun
 * @param topo position relative to the Earth
 */
record Asteroid(int number, double mjdTai, Vector helio, Vector velocity, Vector topo, Vector topoVelocity) {

    /** Gauss's constant: the square root of the Sun's gravitational parameter, in au and days. */
    static final double GAUSS = 0.01720209895;

    /** The pole of the equator, in ecliptic coordinates. */
    private static final Vector POLE = new Vector(0, 0, 1).turnedAboutX(-Earth.OBLIQUITY);

    private static final String HALF_MONTHS = "ABCDEFGHJKLMNOPQRSTUVWXY";
    private static final String LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ";
    private static final int FIRST_YEAR = 2001;
    private static final int YEARS = 25;
    private static final int CYCLES = 62;

    /** @param direction where it is seen, equatorial */
    static Asteroid seen(Vector direction, double mjdTai, Deviates deviates) {
        Vector towards = direction.turnedAboutX(-Earth.OBLIQUITY);
        Vector earth = Earth.position(mjdTai);
        double sunDistance = deviates.uniform(2.1, 3.3);
        // The point on the line of sight at that distance from the Sun.
        double along = earth.dot(towards);
        double range = -along + StrictMath.sqrt(along * along + sunDistance * sunDistance - earth.dot(earth));
        Vector topo = towards.times(range);
        Vector helio = earth.plus(topo);
        Vector out = helio.unit();
        Vector ahead = new Vector(0, 0, 1).cross(out).unit();
        double tilt = 0.1 * deviates.normal();
        double circular = GAUSS / StrictMath.sqrt(sunDistance);
        Vector velocity = ahead.times(StrictMath.cos(tilt))
                .plus(out.cross(ahead).times(StrictMath.sin(tilt)))
                .times(circular * (1 + 0.04 * deviates.normal()))
                .plus(out.times(circular * 0.07 * deviates.normal()));
        int number = deviates.below(YEARS * HALF_MONTHS.length() * CYCLES * LETTERS.length());
        return new Asteroid(number, mjdTai, helio, velocity, topo, velocity.minus(Earth.velocity(mjdTai)));
    }

    /** Such as 2015 AB12. */
    String designation() {
        String cycle = cycle() == 0 ? "" : Integer.toString(cycle());
        return year() + " " + halfMonth() + letter() + cycle;
    }

    /** Such as K15A12B: century, year, half month, two characters for the cycle, letter. */
    String packedDesignation() {
        int tens = cycle() / 10;
        char first = (char) (tens < 10 ? '0' + tens : 'A' + tens - 10);
        return String.format(Locale.ROOT, "K%02d%c%c%d%c", year() - 2000, halfMonth(), first, cycle() % 10, letter());
    }

    long id() {
        return Ids.solarSystemObject(packedDesignation());
    }

    double phaseAngle() {
        return helio.angle(topo);
    }

    double elongation() {
        return topo.angle(helio.minus(topo).times(-1));
    }

    /** Its apparent motion on the sky. */
    Motion motion() {
        Vector towards = topo.unit();
        Vector east = POLE.cross(towards).unit();
        Vector north = towards.cross(east);
        double perDay = StrictMath.toDegrees(1) / topo.length();
        return new Motion(topoVelocity.dot(east) * perDay, topoVelocity.dot(north) * perDay);
    }

    /** Degrees a day towards east and north. */
    record Motion(double east, double north) {

        double rate() {
            return StrictMath.sqrt(east * east + north * north);
        }

        /** Degrees from north to east. */
        double angle() {
            return new Vector(north, east, 0).longitude();
        }
    }

    private int year() {
        return FIRST_YEAR + number % YEARS;
    }

    private char halfMonth() {
        return HALF_MONTHS.charAt(number / YEARS % HALF_MONTHS.length());
    }

    private int cycle() {
        return number / (YEARS * HALF_MONTHS.length()) % CYCLES;
    }

    private char letter() {
        return LETTERS.charAt(number / (YEARS * HALF_MONTHS.length() * CYCLES));
    }
}
