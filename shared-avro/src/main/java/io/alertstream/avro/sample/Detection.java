package io.alertstream.avro.sample;

import io.alertstream.avro.sample.Source.Kind;

/**
 * A source found on a difference image, as measured.
 *
 * @param objectId the object it belongs to, or 0
 * @param asteroidId the solar system object it belongs to, or 0
 * @param aperture flux within 12 pixels on the difference image
 * @param chi2 of the point-source fit
 * @param dipole mean flux of the two lobes; NaN if the source isn't a dipole
 * @param dipoleLength separation of the lobes in pixels
 * @param trail length in arcsec of the best-fitting streak; NaN if none was fitted
 * @param angle direction of the trail, or from the dark lobe to the bright one: degrees from north to east
 */
record Detection(
        long id,
        long objectId,
        long asteroidId,
        Epoch epoch,
        Pointing.Place place,
        Psf psf,
        double aperture,
        double chi2,
        double reliability,
        boolean cosmicRay,
        double dipole,
        double dipoleLength,
        double trail,
        double angle) {

    static final double DEGREES_PER_PIXEL = FocalPlane.ARCSEC_PER_PIXEL / 3600;

    /** Number of pixels in a fit. */
    static final int PIXELS = 41 * 41;

    private static final double GAUSSIAN_WIDTH = 2.354820;

    /** Share of artefacts that are cosmic rays. */
    private static final double COSMIC_RAYS = 0.3;

    private static final double EXPOSURE_DAYS = Exposure.SECONDS / Exposure.SECONDS_A_DAY;
    private static final double ARCSEC_PER_DEGREE = 3600;
    private static final double APERTURE_NOISE = 3.2;

    /** From the exposure to the source; the survey asks for an alert within 60 s. */
    private static final double PROCESSING_DAYS = 55 / Exposure.SECONDS_A_DAY;

    /** @param asteroid null if the source isn't one */
    static Detection of(long id, long objectId, Source source, Asteroid asteroid, Epoch epoch) {
        Deviates deviates = new Deviates(epoch.seed());
        Pointing.Place place = epoch.visit().pointing().place(epoch.pixel());
        boolean dipole = source.kind() == Kind.DIPOLE;
        double trail = dipole ? Double.NaN : 0.3 + 0.7 * StrictMath.abs(deviates.normal());
        double angle = dipole ? place.columnAngle() : deviates.uniform(0, 360);
        if (asteroid != null) {
            trail = asteroid.motion().rate() * ARCSEC_PER_DEGREE * EXPOSURE_DAYS;
            angle = asteroid.motion().angle();
        }
        return new Detection(
                id,
                objectId,
                asteroid == null ? 0 : asteroid.id(),
                epoch,
                place,
                Psf.of(epoch.visit().exposure(), epoch.pixel().detector()),
                0.97 * epoch.flux() + APERTURE_NOISE * epoch.error() * deviates.normal(),
                PIXELS + StrictMath.sqrt(2.0 * PIXELS) * deviates.normal(),
                Reliability.of(source.kind(), Math.abs(epoch.flux()) / epoch.error(), deviates),
                source.kind() == Kind.ARTEFACT && deviates.chance(COSMIC_RAYS),
                dipole ? source.star(epoch.visit().exposure().band()) : Double.NaN,
                2 * source.shift(),
                trail,
                angle);
    }

    Exposure exposure() {
        return epoch.visit().exposure();
    }

    double mjdTai() {
        return epoch.mjdTai();
    }

    double apertureError() {
        return APERTURE_NOISE * epoch.error();
    }

    double snr() {
        return Math.abs(epoch.flux()) / epoch.error();
    }

    boolean isDipole() {
        return !Double.isNaN(dipole);
    }

    /** Standard deviation of the position along one axis, in pixels. */
    double positionError() {
        return positionError(exposure(), snr());
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
        return mjdTai() + PROCESSING_DAYS;
    }
}
