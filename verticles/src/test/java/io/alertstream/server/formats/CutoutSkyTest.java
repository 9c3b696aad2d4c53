package io.alertstream.server.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alertstream.server.formats.CutoutSky.Point;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CutoutSkyTest {

    /** The matrix of one of the survey's cutouts in schema 9: 0.2 arcseconds a pixel, rotated. */
    private static final String MATRIX = card("PC1_1", "-4.8390638600464E-05")
            + card("PC1_2", "-2.716103536915E-05")
            + card("PC2_1", "-2.7078130203427E-05")
            + card("PC2_2", "4.8256068637538E-05");

    @Test
    void theReferencePixelIsAtItsPosition() {
        CutoutSky sky = sky(MATRIX).orElseThrow();

        Point at = sky.pixel(55.752127609727, -32.268478584221).orElseThrow();

        assertThat(at.x()).isCloseTo(15.2329, within(1e-6));
        assertThat(at.y()).isCloseTo(15.2911, within(1e-6));
        assertThat(sky.arcsecondsPerPixel()).isCloseTo(0.2, within(0.001));
    }

    /** Computed with astropy 8.0.2, which uses the WCS library of the standard's authors. */
    @Test
    void otherPixelsAgreeWithTheStandard() {
        CutoutSky sky = sky(MATRIX).orElseThrow();

        Point at = sky.pixel(55.752185364, -32.269104276).orElseThrow();

        assertThat(at.x()).isCloseTo(20, within(1e-3));
        assertThat(at.y()).isCloseTo(5, within(1e-3));
    }

    @Test
    void northAndEastFollowFromTheMatrix() {
        CutoutSky upright = sky(card("CD1_1", "-5.5E-05")
                        + card("CD1_2", "0.0")
                        + card("CD2_1", "0.0")
                        + card("CD2_2", "5.5E-05"))
                .orElseThrow();

        assertThat(upright.north().y()).isCloseTo(1, within(1e-12));
        assertThat(upright.east().x()).isCloseTo(-1, within(1e-12));
    }

    @Test
    void positionsOutsideHaveNoPixel() {
        assertThat(sky(MATRIX).orElseThrow().pixel(56, -32)).isEmpty();
        assertThat(sky(MATRIX).orElseThrow().pixel(55.75 + 180, 32)).isEmpty();
    }

    @Test
    void aHeaderWithoutAPositionIsIgnored() {
        assertThat(sky("")).as("pixels of one degree").isEmpty();
        assertThat(sky(MATRIX + card("CTYPE1", "'GLON-CAR'") + card("CTYPE2", "'GLAT-CAR'")))
                .isEmpty();
        assertThat(sky(card("PC1_1", "5.0E-05") + card("PC2_2", "9.0E-05")))
                .as("pixels that aren't square")
                .isEmpty();
        assertThat(sky(card("PC1_1", "0.0") + card("PC2_2", "0.0"))).isEmpty();
    }

    private static Optional<CutoutSky> sky(String matrix) {
        String header = card("SIMPLE", "T")
                + card("BITPIX", "8")
                + card("NAXIS", "2")
                + card("NAXIS1", "30")
                + card("NAXIS2", "30")
                + card("CRPIX1", "15.2329")
                + card("CRPIX2", "15.2911")
                + card("CRVAL1", "55.752127609727")
                + card("CRVAL2", "-32.268478584221")
                + matrix
                + "END";
        byte[] file = new byte[2 * 2880];
        byte[] cards = "%-2880s".formatted(header).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(cards, 0, file, 0, cards.length);
        return CutoutSky.of(file);
    }

    private static String card(String keyword, String value) {
        return value.startsWith("'")
                ? "%-80s".formatted("%-8s= %s".formatted(keyword, value))
                : "%-80s".formatted("%-8s= %20s".formatted(keyword, value));
    }
}
