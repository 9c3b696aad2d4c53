package io.alertstream.avro.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class OrbitTest {

    private static final double MJD = 61_120;

    @Test
    void theOrbitPredictsTheAsteroidsPosition() {
        for (int i = 0; i < 100; i++) {
            Asteroid asteroid = Asteroid.seen(Vector.towards(170 + i / 10.0, 3), MJD, new Deviates(i));
            Vector place = place(Orbit.of(asteroid), MJD);
            assertThat(place.minus(asteroid.helio()).length()).isCloseTo(0, offset(1e-9));
        }
    }

    @Test
    void theAsteroidIsWhereItIsSeen() {
        Vector direction = Vector.towards(170, 3);
        Asteroid asteroid = Asteroid.seen(direction, MJD, new Deviates(1));
        assertThat(asteroid.topo().turnedAboutX(Earth.OBLIQUITY).angle(direction))
                .isCloseTo(0, offset(1e-9));
        assertThat(asteroid.helio()
                        .minus(Earth.position(MJD))
                        .minus(asteroid.topo())
                        .length())
                .isCloseTo(0, offset(1e-12));
    }

    @Test
    void asteroidsNearOppositionMoveWest() {
        for (int i = 0; i < 100; i++) {
            Asteroid asteroid = Asteroid.seen(Vector.towards(180, 0), MJD, new Deviates(i));
            assertThat(asteroid.motion().east()).isNegative();
            assertThat(asteroid.elongation()).isGreaterThan(170);
        }
    }

    @Test
    void theEarthIsAtItsKnownPositionAtTheEquinox() {
        // 2026-03-20, 14:46 UTC: the Sun crosses the equator northwards.
        Vector sun = Earth.position(61_119.615).times(-1);
        assertThat(Math.toDegrees(Math.atan2(sun.y(), sun.x()))).isCloseTo(0, offset(0.4));
        assertThat(Earth.velocity(MJD).length()).isCloseTo(0.0172, offset(0.0003));
    }

    /** Solves Kepler's equation by iteration. */
    private static Vector place(Orbit orbit, double mjd) {
        double mean = Math.toRadians(orbit.meanAnomaly(mjd));
        double anomaly = mean;
        for (int i = 0; i < 200; i++) {
            anomaly = mean + orbit.e() * Math.sin(anomaly);
        }
        double x = orbit.a() * (Math.cos(anomaly) - orbit.e());
        double y = orbit.a() * Math.sqrt(1 - orbit.e() * orbit.e()) * Math.sin(anomaly);
        return aboutZ(aboutZ(new Vector(x, y, 0), orbit.argument()).turnedAboutX(orbit.i()), orbit.node());
    }

    private static Vector aboutZ(Vector v, double degrees) {
        double c = Math.cos(Math.toRadians(degrees));
        double s = Math.sin(Math.toRadians(degrees));
        return new Vector(c * v.x() - s * v.y(), s * v.x() + c * v.y(), v.z());
    }
}
