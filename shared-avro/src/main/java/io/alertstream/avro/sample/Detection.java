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
 * @param trail arcsec that it moved during the exposure, or not a number where it doesn't move
 * @param trailAngle direction of that motion, degrees from north to east
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
        double trail,
        double trailAngle) {

    private static final double DEGREES_PER_PIXEL = FocalPlane.ARCSEC_PER_PIXEL / 3600;
    private static final double GAUSSIAN_WIDTH = 2.354820;

    double snr() {
        return Math.abs(difference.flux()) / difference.error();
    }

    boolean isDipole() {
        return !Double.isNaN(dipole);
    }

    /** Standard deviation of the position along one axis, in pixels: the seeing over the signal-to-noise ratio. */
    double positionError() {
        return exposure.seeing() / GAUSSIAN_WIDTH / snr();
    }

    double skyError() {
        return positionError() * DEGREES_PER_PIXEL;
    }

    double timeProcessed() {
        return mjdTai + Processing.DAYS;
    }

    /** The time that the survey's pipelines take to an alert. */
    static final class Processing {
        /** About 55 s; within the 60 s that the survey asks for. */
        static final double DAYS = 55 / Exposure.SECONDS_A_DAY;

        private Processing() {}
    }
}
