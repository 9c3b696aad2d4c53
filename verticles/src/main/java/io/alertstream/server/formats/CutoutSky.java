package io.alertstream.server.formats;

import java.util.List;
import java.util.Optional;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Header;

/**
 * The sky coordinates of a cutout, from the header of its FITS file: a tangent plane, with pixels counted from 1 at
 * the centre of the lower left one.
 *
 * @param referenceX pixel whose position on the sky the header gives
 * @param raPerX degrees towards east in the tangent plane for one pixel to the right, and so on
 */
public record CutoutSky(
        int width,
        int height,
        double referenceX,
        double referenceY,
        double ra,
        double dec,
        double raPerX,
        double raPerY,
        double decPerX,
        double decPerY) {

    private static final double ARCSEC_PER_DEGREE = 3_600;

    /** A matrix whose pixels aren't nearly square isn't plausible. */
    private static final double SQUARE = 0.1;

    /** A position or a direction in the image. */
    public record Point(double x, double y) {}

    /**
     * The coordinates in the header of the file's first image; empty if they are missing or implausible. Files of the
     * survey up to schema 10 lack the projection's name; their matrix is used if it fits a tangent plane.
     *
     * @throws UnusableCutoutException if the file isn't FITS
     */
    public static Optional<CutoutSky> of(byte[] file) {
        List<BasicHDU<?>> parts = FitsParts.read(file);
        Header header = parts.get(0).getHeader();
        boolean complete =
                List.of("CRPIX1", "CRPIX2", "CRVAL1", "CRVAL2").stream().allMatch(header::containsKey);
        boolean tangent = header.getStringValue("CTYPE1", "RA---TAN").startsWith("RA---TAN")
                && header.getStringValue("CTYPE2", "DEC--TAN").startsWith("DEC--TAN");
        if (!complete || !tangent || header.getIntValue("NAXIS") != 2) {
            return Optional.empty();
        }
        return Optional.of(read(header)).filter(CutoutSky::isPlausible);
    }

    private static CutoutSky read(Header header) {
        return new CutoutSky(
                header.getIntValue("NAXIS1"),
                header.getIntValue("NAXIS2"),
                header.getDoubleValue("CRPIX1"),
                header.getDoubleValue("CRPIX2"),
                header.getDoubleValue("CRVAL1"),
                header.getDoubleValue("CRVAL2"),
                element(header, 1, 1),
                element(header, 1, 2),
                element(header, 2, 1),
                element(header, 2, 2));
    }

    private static double element(Header header, int axis, int pixel) {
        String place = axis + "_" + pixel;
        if (header.containsKey("CD1_1") || header.containsKey("CD2_2")) {
            return header.getDoubleValue("CD" + place, 0);
        }
        return header.getDoubleValue("PC" + place, axis == pixel ? 1 : 0) * header.getDoubleValue("CDELT" + axis, 1);
    }

    private boolean isPlausible() {
        double right = Math.hypot(raPerX, decPerX);
        double up = Math.hypot(raPerY, decPerY);
        double area = Math.abs(determinant());
        return width > 0
                && height > 0
                && area > 0
                && arcsecondsPerPixel() < ARCSEC_PER_DEGREE / 10
                && Math.abs(right - up) < SQUARE * up
                && Math.abs(area - right * up) < SQUARE * area;
    }

    private double determinant() {
        return raPerX * decPerY - raPerY * decPerX;
    }

    /** The scale, the same in both directions. */
    public double arcsecondsPerPixel() {
        return Math.sqrt(Math.abs(determinant())) * ARCSEC_PER_DEGREE;
    }

    /** The pixel at a position in degrees; empty if it is outside the image. */
    public Optional<Point> pixel(double atRa, double atDec) {
        double alpha = Math.toRadians(atRa - ra);
        double delta = Math.toRadians(atDec);
        double delta0 = Math.toRadians(dec);
        double cosine = Math.sin(delta) * Math.sin(delta0) + Math.cos(delta) * Math.cos(delta0) * Math.cos(alpha);
        if (cosine <= 0) {
            return Optional.empty();
        }
        double east = Math.toDegrees(Math.cos(delta) * Math.sin(alpha) / cosine);
        double north = Math.toDegrees(
                (Math.sin(delta) * Math.cos(delta0) - Math.cos(delta) * Math.sin(delta0) * Math.cos(alpha)) / cosine);
        Point offset = step(east, north);
        Point pixel = new Point(referenceX + offset.x(), referenceY + offset.y());
        boolean inside = pixel.x() >= 0.5 && pixel.x() <= width + 0.5 && pixel.y() >= 0.5 && pixel.y() <= height + 0.5;
        return inside ? Optional.of(pixel) : Optional.empty();
    }

    /** Towards north, one pixel long. */
    public Point north() {
        return unit(step(0, 1));
    }

    /** Towards east, one pixel long. */
    public Point east() {
        return unit(step(1, 0));
    }

    /** The offset in pixels for an offset in degrees towards east and north. */
    private Point step(double east, double north) {
        double determinant = determinant();
        return new Point(
                (decPerY * east - raPerY * north) / determinant, (raPerX * north - decPerX * east) / determinant);
    }

    private static Point unit(Point point) {
        double length = Math.hypot(point.x(), point.y());
        return new Point(point.x() / length, point.y() / length);
    }
}
