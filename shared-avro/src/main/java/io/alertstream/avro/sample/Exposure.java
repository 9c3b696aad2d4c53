package io.alertstream.avro.sample;

import java.time.LocalDate;

/**
 * One look at the sky.
 *
 * @param night the date on which the night began in Chile
 * @param sequence number of the exposure in its night
 * @param slot when it is taken, in units of 37 s; runs ahead of the sequence by the night's pauses so far
 * @param seeing full width at half maximum of a star, in pixels
 * @param skyError standard deviation of a faint point source's flux on the visit's own image
 * @param templateError the same for the template
 */
record Exposure(
        LocalDate night, int sequence, int slot, Band band, double seeing, double skyError, double templateError) {

    /** The survey takes a visit every 37 s. That TAI is 37 s ahead of UTC is a coincidence. */
    static final double SECONDS_APART = 37;

    /** How long the shutter is open. */
    static final double SECONDS = 30;

    static final double SECONDS_A_DAY = 86_400;

    private static final long MJD_OF_1970 = 40_587;

    static Exposure of(LocalDate night, int sequence, int slot, Band band) {
        Deviates deviates = new Deviates(Ids.visit(night, sequence));
        double seeing = 4.3 + 0.5 * deviates.normal();
        double error = band.fluxError() * (seeing / 4.0) * (1 + 0.06 * deviates.normal());
        return new Exposure(night, sequence, slot, band, seeing, error, 0.35 * error);
    }

    long visit() {
        return Ids.visit(night, sequence);
    }

    /** Middle of the exposure. Slot 0 is at 0 h UTC on the day after the night's date. */
    double mjdTai() {
        return night.toEpochDay() + MJD_OF_1970 + 1 + (slot + 1) * SECONDS_APART / SECONDS_A_DAY;
    }

    /** Standard deviation of a flux on the difference image, given the flux on the visit's own image. */
    double differenceError(double scienceFlux) {
        return StrictMath.sqrt(templateError * templateError + square(scienceError(scienceFlux)));
    }

    /** Standard deviation of a flux on the visit's own image. */
    double scienceError(double flux) {
        return StrictMath.sqrt(skyError * skyError + Math.max(0, flux) * band.fluxPerElectron());
    }

    private static double square(double x) {
        return x * x;
    }
}
