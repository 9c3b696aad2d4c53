package io.alertstream.avro.sample;

/**
 * A source found on a difference image, as measured.
 *
 * @param objectId the object it belongs to, or 0
 * @param asteroidId the solar system object it belongs to, or 0
 * @param column position on the detector in pixels, from 0
 * @param aperture flux within 12 pixels on the difference image
 * @param dipole flux of the two lobes, or not a number where it isn't a dipole
 * @param dipoleLength pixels between the lobes
 * @param dipoleChi2 of the fit of two lobes
 * @param trail arcsec that it moved during the exposure, or not a number where it doesn't move
 * @param angle direction of the motion, or from the dark lobe to the bright one: degrees from north to east
 */
record Detection(
        long id,
        long objectId,
        long asteroidId,
        Exposure exposure,
        double mjdTai,
        int detector,
        double column,
        double row,
        double ra,
        double dec,
        Psf psf,
        Stamp.Fit difference,
        Stamp.Fit science,
        Stamp.Fit template,
        double aperture,
        double apertureError,
        double reliability,
        boolean cosmicRay,
        double dipole,
        double dipoleLength,
        double dipoleChi2,
        double trail,
        double angle) {

    static final double DEGREES_PER_PIXEL = FocalPlane.ARCSEC_PER_PIXEL / 3600;
    private static final double GAUSSIAN_WIDTH = 2.354820;

    /** From the exposure to the source; the survey asks for an alert within 60 s. */
    private static final double PROCESSING_DAYS = 55 / Exposure.SECONDS_A_DAY;

    double snr() {
        return Math.abs(difference.flux()) / difference.error();
    }

    boolean isDipole() {
        return !Double.isNaN(dipole);
    }

    /** Standard deviation of the position along one axis, in pixels. */
    double positionError() {
        return positionError(exposure, snr());
    }

    /** The seeing over the signal-to-noise ratio, in pixels. */
    static double positionError(Exposure exposure, double snr) {
        return exposure.seeing() / GAUSSIAN_WIDTH / snr;
    }

    /** Standard deviation of the position along one axis, in degrees. */
    double skyError() {
        return positionError() * DEGREES_PER_PIXEL;
    }

    double timeProcessed() {
        return mjdTai + PROCESSING_DAYS;
    }
}
