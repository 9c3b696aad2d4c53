package io.alertstream.avro.sample;

import static io.alertstream.avro.sample.DecodedSamples.number;
import static io.alertstream.avro.sample.DecodedSamples.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CutoutsTest {

    private static final List<String> NAMES = List.of("cutoutDifference", "cutoutScience", "cutoutTemplate");

    private static List<GenericRecord> alerts;

    @BeforeAll
    static void decode() {
        alerts = DecodedSamples.some().stream()
                .limit(80)
                .map(DecodedSamples::decode)
                .toList();
    }

    @Test
    void aCutoutHasAnImageItsVarianceAndItsPointSpreadFunction() {
        for (GenericRecord alert : alerts) {
            for (String name : NAMES) {
                List<FitsFile.Unit> units =
                        FitsFile.read(DecodedSamples.bytes(alert, name)).units();
                assertThat(units).hasSize(3);
                assertThat(units.get(0).header()).containsEntry("SIMPLE", "T").containsEntry("BUNIT", "nJy");
                assertThat(units.get(1).header())
                        .containsEntry("XTENSION", "IMAGE")
                        .containsEntry("EXTNAME", "UNCERT");
                for (FitsFile.Unit unit : units.subList(0, 2)) {
                    assertThat(unit.integer("BITPIX")).isEqualTo(-32);
                    assertThat(unit.integer("NAXIS1")).isEqualTo(30);
                    assertThat(unit.integer("NAXIS2")).isEqualTo(30);
                }
                for (double[] row : units.get(1).pixels()) {
                    assertThat(DoubleStream.of(row).min().orElseThrow()).isPositive();
                }
            }
        }
    }

    @Test
    void pointSpreadFunctionsSumToOneAndPeakInTheCentre() {
        for (GenericRecord alert : alerts) {
            for (String name : NAMES) {
                FitsFile.Unit psf = psf(alert, name);
                assertThat(psf.header()).containsEntry("EXTNAME", "PSFIMAGE").containsEntry("BITPIX", "-64");
                double sum = 0;
                double highest = 0;
                for (double[] row : psf.pixels()) {
                    for (double pixel : row) {
                        sum += pixel;
                        highest = Math.max(highest, pixel);
                    }
                }
                assertThat(sum).isCloseTo(1, offset(1e-6));
                int middle = psf.pixels().length / 2;
                assertThat(psf.pixels()[middle][middle]).isEqualTo(highest);
            }
        }
    }

    @Test
    void pointSpreadFunctionsAreSharedWithinADetectorOnly() {
        Map<Integer, Set<String>> ofDetectors = new HashMap<>();
        Set<String> all = new HashSet<>();
        for (GenericRecord alert : alerts) {
            String visit = Arrays.deepToString(psf(alert, "cutoutScience").pixels());
            String template = Arrays.deepToString(psf(alert, "cutoutTemplate").pixels());
            assertThat(Arrays.deepToString(psf(alert, "cutoutDifference").pixels()))
                    .isEqualTo(visit);
            int detector = (int) record(alert, "diaSource").get("detector");
            ofDetectors.computeIfAbsent(detector, d -> new HashSet<>()).addAll(List.of(visit, template));
            all.addAll(List.of(visit, template));
        }
        assertThat(ofDetectors.values()).allSatisfy(own -> assertThat(own).hasSize(2));
        assertThat(all).hasSize(2 * ofDetectors.size());
    }

    @Test
    void theReferencePixelIsTheSourceAndNearTheCentre() {
        for (GenericRecord alert : alerts) {
            GenericRecord source = record(alert, "diaSource");
            for (String name : NAMES) {
                FitsFile.Unit image =
                        FitsFile.read(DecodedSamples.bytes(alert, name)).units().get(0);
                assertThat(image.header()).containsEntry("CDELT1", "1.0").containsEntry("CDELT2", "1.0");
                assertThat(image.number("CRVAL1")).isCloseTo(number(source, "ra"), offset(1e-11));
                assertThat(image.number("CRVAL2")).isCloseTo(number(source, "dec"), offset(1e-11));
                assertThat(image.number("CRPIX1")).isBetween(15.0, 16.0);
                assertThat(image.number("CRPIX2")).isBetween(15.0, 16.0);
                double column = image.number("CUTMINX") + image.number("CRPIX1") - 1;
                assertThat(column).isCloseTo(number(source, "x"), offset(1e-3));
                double row = image.number("CUTMINY") + image.number("CRPIX2") - 1;
                assertThat(row).isCloseTo(number(source, "y"), offset(1e-3));
                double determinant =
                        image.number("PC1_1") * image.number("PC2_2") - image.number("PC1_2") * image.number("PC2_1");
                double scale = Math.sqrt(-determinant) * 3600;
                assertThat(scale).as("arcsec a pixel, mirrored like the sky").isCloseTo(0.2, offset(0.001));
            }
        }
    }

    @Test
    void theDifferenceIsScienceMinusTemplate() {
        for (GenericRecord alert : alerts) {
            double[][] difference = image(alert, "cutoutDifference");
            double[][] science = image(alert, "cutoutScience");
            double[][] template = image(alert, "cutoutTemplate");
            double furthest = 0;
            for (int y = 0; y < 30; y++) {
                for (int x = 0; x < 30; x++) {
                    double expected = (float) science[y][x] - (float) template[y][x];
                    furthest = Math.max(furthest, Math.abs(difference[y][x] - expected));
                }
            }
            assertThat(furthest).isZero();
        }
    }

    @Test
    void fluxesInPacketAndCutoutAgree() {
        for (GenericRecord alert : alerts) {
            GenericRecord source = record(alert, "diaSource");
            FitsFile.Unit image = FitsFile.read(DecodedSamples.bytes(alert, "cutoutDifference"))
                    .units()
                    .get(0);
            double x = image.number("CRPIX1") - 1;
            double y = image.number("CRPIX2") - 1;
            double sum = 0;
            for (int row = 0; row < 30; row++) {
                for (int column = 0; column < 30; column++) {
                    if (Math.hypot(column - x, row - y) < 12) {
                        sum += image.pixels()[row][column];
                    }
                }
            }
            double error = number(source, "apFluxErr");
            assertThat(number(source, "apFlux")).isCloseTo(sum, offset(1e-4 * Math.abs(sum) + 1e-3 * error));
            boolean star = !(boolean) source.get("isDipole") && !(boolean) source.get("pixelFlags_cr");
            if (star) {
                // The aperture sees most of the star, and much more noise than the fit does.
                assertThat(sum).isCloseTo(number(source, "psfFlux"), offset(4.5 * error + 0.1 * Math.abs(sum)));
                assertThat(number(source, "psfChi2") / 1681).isBetween(0.8, 1.25);
            }
        }
    }

    private static FitsFile.Unit psf(GenericRecord alert, String name) {
        return FitsFile.read(DecodedSamples.bytes(alert, name)).units().get(2);
    }

    private static double[][] image(GenericRecord alert, String name) {
        return FitsFile.read(DecodedSamples.bytes(alert, name)).units().get(0).pixels();
    }
}
