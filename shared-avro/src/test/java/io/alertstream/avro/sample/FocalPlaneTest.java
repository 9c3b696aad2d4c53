package io.alertstream.avro.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class FocalPlaneTest {

    private static final double MIDDLE_COLUMN = (FocalPlane.COLUMNS - 1) / 2.0;
    private static final double MIDDLE_ROW = (FocalPlane.ROWS - 1) / 2.0;

    private static final FocalPlane.Pixel MIDDLE = new FocalPlane.Pixel(94, MIDDLE_COLUMN, MIDDLE_ROW);

    @Test
    void theCentralDetectorLooksAlongTheAxis() {
        assertThat(FocalPlane.x(94, MIDDLE_COLUMN)).isZero();
        assertThat(FocalPlane.y(94, MIDDLE_ROW)).isZero();
        Pointing.Place place = new Pointing(150, 2, 33).place(MIDDLE);
        assertThat(place.ra()).isCloseTo(150, offset(1e-9));
        assertThat(place.dec()).isCloseTo(2, offset(1e-9));
    }

    @Test
    void detectorsDoNotOverlap() {
        for (int a = 0; a < FocalPlane.DETECTORS; a++) {
            for (int b = 0; b < a; b++) {
                double dx = Math.abs(FocalPlane.x(a, 0) - FocalPlane.x(b, 0));
                double dy = Math.abs(FocalPlane.y(a, 0) - FocalPlane.y(b, 0));
                assertThat(dx >= FocalPlane.COLUMNS || dy >= FocalPlane.ROWS).isTrue();
            }
        }
    }

    @Test
    void theFieldIsThreeAndAHalfDegreesWideWithoutCorners() {
        double widest = 0;
        for (int detector = 0; detector < FocalPlane.DETECTORS; detector++) {
            double x = FocalPlane.x(detector, MIDDLE_COLUMN) * 0.2 / 3600;
            double y = FocalPlane.y(detector, MIDDLE_ROW) * 0.2 / 3600;
            widest = Math.max(widest, Math.hypot(x, y));
            assertThat(Math.abs(x) > 1.05 && Math.abs(y) > 1.05)
                    .as("in a corner")
                    .isFalse();
        }
        assertThat(2 * widest).isBetween(3.3, 4.0);
    }

    @Test
    void aPixelIsAFifthOfAnArcsecondAndEastIsLeftOfNorth() {
        Pointing.Place place = new Pointing(10, -30, 0).place(MIDDLE);
        assertThat(place.raPerColumn() * 3600).isCloseTo(-0.2, offset(1e-6));
        assertThat(place.decPerRow() * 3600).isCloseTo(0.2, offset(1e-6));
        assertThat(place.raPerRow()).isCloseTo(0, offset(1e-9));
        assertThat(place.decPerColumn()).isCloseTo(0, offset(1e-9));
    }

    @Test
    void pixelToSkyAndBackIsTheSamePixel() {
        Deviates deviates = new Deviates(3);
        for (int i = 0; i < 5_000; i++) {
            FocalPlane.Pixel pixel = FocalPlane.any(i % FocalPlane.DETECTORS, deviates);
            Pointing pointing =
                    new Pointing(deviates.uniform(0, 360), deviates.uniform(-80, 20), deviates.uniform(-80, 80));
            Vector direction = pointing.direction(pixel.detector(), pixel.column(), pixel.row());
            FocalPlane.Pixel found = pointing.pixel(direction).orElseThrow();
            assertThat(found.detector()).isEqualTo(pixel.detector());
            assertThat(found.column()).isCloseTo(pixel.column(), offset(1e-6));
            assertThat(found.row()).isCloseTo(pixel.row(), offset(1e-6));
        }
    }

    @Test
    void positionsOutsideDetectorsHaveNoPixel() {
        assertThat(FocalPlane.pixel(FocalPlane.x(94, 0) - 76, 0)).isEmpty();
        assertThat(FocalPlane.pixel(6_350, 0)).as("between rafts").isEmpty();
        assertThat(FocalPlane.pixel(FocalPlane.x(94, 10), 0)).as("at the edge").isEmpty();
        assertThat(FocalPlane.pixel(2 * 12_700, 2 * 12_700)).as("in a corner").isEmpty();
        assertThat(FocalPlane.pixel(40_000, 0)).isEmpty();
    }
}
