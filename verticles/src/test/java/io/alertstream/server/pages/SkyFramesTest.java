package io.alertstream.server.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SkyFramesTest {

    /** As SIMBAD gives them: Sagittarius A*, the Crab pulsar, M 31 and Vega. */
    @ParameterizedTest
    @CsvSource({
        "266.41681663, -29.00782497, 359.94423, -0.04616",
        "83.6330833, 22.0145, 184.55746, -5.78436",
        "10.68470833, 41.26875, 121.174329, -21.573309",
        "279.23473479, 38.78368896, 67.4482, 19.2372"
    })
    void galacticPositionsAgreeWithPublishedOnes(double ra, double dec, double longitude, double latitude) {
        SkyFrames galactic = SkyFrames.galactic(ra, dec);

        assertThat(galactic.longitude()).isCloseTo(longitude, within(2e-4));
        assertThat(galactic.latitude()).isCloseTo(latitude, within(2e-4));
    }

    /** Pollux: J. Meeus, Astronomical Algorithms, example 13.a. */
    @Test
    void anEclipticPositionAgreesWithThePublishedOne() {
        SkyFrames ecliptic = SkyFrames.ecliptic(116.328942, 28.026183);

        assertThat(ecliptic.longitude()).isCloseTo(113.215630, within(2e-5));
        assertThat(ecliptic.latitude()).isCloseTo(6.684170, within(2e-5));
    }

    @Test
    void polesAndTheEquinoxAreAtTheirPositions() {
        assertThat(SkyFrames.galactic(192.85948, 27.12825).latitude()).isCloseTo(90, within(1e-4));
        assertThat(SkyFrames.ecliptic(270, 90 - 23.4392794).latitude()).isCloseTo(90, within(1e-5));
        assertThat(SkyFrames.ecliptic(0, 0)).isEqualTo(new SkyFrames(0, 0));
        assertThat(SkyFrames.ecliptic(116.328942, 28.026183).text()).isEqualTo("113.2156 +6.6842");
    }
}
