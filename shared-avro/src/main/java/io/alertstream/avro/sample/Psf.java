package io.alertstream.avro.sample;

/**
 * A point spread function: a Moffat profile with an exponent of 3, elliptical, and with a little coma. The exponent is
 * close to that of real telescopes, and an integer one needs no logarithms.
 */
final class Psf {

    /** Full width at half maximum, in units of the profile's scale. */
    private static final double WIDTH = 1.019649;

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

    /** The point spread function of a detector in a visit; always the same for the same arguments. */
    static Psf of(Exposure exposure, int detector) {
        Deviates deviates = new Deviates(Deviates.mix(exposure.visit(), detector));
        return new Psf(exposure.seeing() * (1 + 0.03 * deviates.normal()), deviates);
    }

    /** The share of a star's flux that falls in a pixel at an offset from the star. */
    double at(double dx, double dy) {
        double r2 = perScale2 * ((1 - e1) * dx * dx + (1 + e1) * dy * dy - 2 * e2 * dx * dy);
        double fall = 1 / (1 + r2);
        return peak * fall * fall * fall * (1 + (comaX * dx + comaY * dy) * fall);
    }

    /** Second moments of a Gaussian of the same width, in arcsec². */
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
