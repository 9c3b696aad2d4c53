package io.alertstream.avro.sample;

/**
 * The point spread function of one detector in one visit: a Moffat profile with an exponent of 3, elliptical, and with a
 * little coma, so that no two of its pixels are the same. The exponent is near what telescopes show and spares the
 * logarithms of others.
 */
final class Psf {

    /** Side of its image, in pixels. */
    static final int SIDE = 41;

    private static final int MIDDLE = SIDE / 2;

    /** Full width at half maximum, in units of the profile's scale. */
    private static final double WIDTH = 1.019649;

    private static final double FINEST = 0x1p56;
    private static final double GAUSSIAN_WIDTH = 2.354820;

    private final double width;
    private final double e1;
    private final double e2;
    private final double comaX;
    private final double comaY;
    private final double perScale2;
    private final double peak;

    Psf(double width, Deviates deviates) {
        this.width = width;
        this.e1 = 0.03 * deviates.normal();
        this.e2 = 0.03 * deviates.normal();
        this.comaX = 0.02 * deviates.normal();
        this.comaY = 0.02 * deviates.normal();
        double scale = width / WIDTH;
        this.perScale2 = 1 / (scale * scale);
        this.peak = 2 / StrictMath.PI * perScale2 * StrictMath.sqrt(1 - e1 * e1 - e2 * e2);
    }

    /** The share of a star's flux in a pixel so far from the star. */
    double at(double dx, double dy) {
        double r2 = perScale2 * ((1 - e1) * dx * dx + (1 + e1) * dy * dy - 2 * e2 * dx * dy);
        double fall = 1 / (1 + r2);
        return peak * fall * fall * fall * (1 + (comaX * dx + comaY * dy) * fall);
    }

    /** The profile centred on the middle pixel, with a sum of 1, and in the wings no digits finer than the peak has. */
    double[] image() {
        double[] image = new double[SIDE * SIDE];
        double sum = 0;
        for (int i = 0; i < image.length; i++) {
            int row = i / SIDE;
            image[i] = at(i % SIDE - MIDDLE, row - MIDDLE);
            sum += image[i];
        }
        for (int i = 0; i < image.length; i++) {
            image[i] = StrictMath.rint(image[i] / sum * FINEST) / FINEST;
        }
        return image;
    }

    /** Second moments of the Gaussian as wide, in arcsec². */
    double ixx() {
        return moment() * (1 + e1);
    }

    double iyy() {
        return moment() * (1 - e1);
    }

    double ixy() {
        return moment() * e2;
    }

    private double moment() {
        double sigma = width * FocalPlane.ARCSEC_PER_PIXEL / GAUSSIAN_WIDTH;
        return sigma * sigma;
    }
}
