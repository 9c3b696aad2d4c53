package io.alertstream.avro.sample;

/**
 * One past exposure of an object, with the fluxes measured at its place.
 *
 * @param flux on the difference image
 * @param found whether the object was found on the difference image, and so has a source of that time
 */
record Epoch(
        Exposure exposure,
        int detector,
        double flux,
        double error,
        double scienceFlux,
        double scienceError,
        boolean found) {

    private static final double THRESHOLD = 5;

    static Epoch measure(Source source, Exposure exposure, Deviates deviates) {
        Band band = exposure.band();
        double truth = source.difference(band, exposure.mjdTai());
        double below = source.under(band);
        double scienceError = exposure.scienceError(truth + below);
        double error = exposure.differenceError(truth + below);
        double noise = scienceError * deviates.normal();
        double flux = truth + noise + exposure.templateError() * deviates.normal();
        // Detection is decided on a likelihood image, not on this flux: near the threshold they differ.
        boolean found = Math.abs(flux) > (THRESHOLD + 0.3 * Math.abs(deviates.normal())) * error;
        int detector = deviates.below(FocalPlane.DETECTORS);
        return new Epoch(exposure, detector, flux, error, truth + below + noise, scienceError, found);
    }
}
