package io.alertstream.avro.sample;

import io.alertstream.avro.sample.Source.Kind;

/**
 * One look at a source, with the fluxes measured at its place. It depends only on the source and the visit, so a
 * visit's own alert and the histories in later alerts agree on it.
 *
 * @param pixel where the source was found
 * @param flux on the difference image
 * @param found whether the source was detected on the difference image, and so has an alert in that visit
 * @param seed for the other measurements
 */
record Epoch(
        Visit visit,
        FocalPlane.Pixel pixel,
        double flux,
        double error,
        double scienceFlux,
        double scienceError,
        boolean found,
        long seed) {

    private static final double THRESHOLD = 5;

    /** Share of visits in which a star that subtracts badly leaves a residual. */
    private static final double RESIDUAL = 0.12;

    /** @param here the pixel that sees the object */
    static Epoch of(SkyObject object, Visit visit, FocalPlane.Pixel here) {
        Deviates deviates = new Deviates(Deviates.mix(object.seed(), visit.number()));
        Source source = object.source();
        Exposure exposure = visit.exposure();
        double truth = source.difference(exposure.band(), exposure.mjdTai());
        double below = source.under(exposure.band());
        double error = exposure.differenceError(truth + below);
        double noise = exposure.scienceError(truth + below) * deviates.normal();
        double flux = truth + noise + exposure.templateError() * deviates.normal();
        boolean found;
        if (source.kind() == Kind.DIPOLE) {
            found = deviates.chance(RESIDUAL);
            flux = found ? (deviates.chance(0.5) ? 1 : -1) * error * deviates.uniform(5.3, 8) : flux;
        } else {
            // Detection uses a likelihood image, not this flux; the two differ near the threshold.
            found = Math.abs(flux) > (THRESHOLD + 0.3 * Math.abs(deviates.normal())) * error;
        }
        return measured(visit, here, flux, error, below, found, deviates);
    }

    /** A source that no other visit sees. */
    static Epoch of(Source source, Visit visit, FocalPlane.Pixel here, Deviates deviates) {
        Exposure exposure = visit.exposure();
        double below = source.under(exposure.band());
        double truth = source.difference(exposure.band(), exposure.mjdTai());
        double error = exposure.differenceError(truth + below);
        double flux = source.kind() == Kind.ARTEFACT
                ? Population.artefact(error, deviates)
                : truth + 0.5 * error * deviates.normal();
        return measured(visit, here, flux, error, below, true, deviates);
    }

    private static Epoch measured(
            Visit visit,
            FocalPlane.Pixel here,
            double flux,
            double error,
            double below,
            boolean found,
            Deviates deviates) {
        Exposure exposure = visit.exposure();
        double scatter = Detection.positionError(exposure, Math.abs(flux) / error);
        FocalPlane.Pixel pixel = found
                ? new FocalPlane.Pixel(
                        here.detector(),
                        here.column() + scatter * deviates.normal(),
                        here.row() + scatter * deviates.normal())
                : here;
        double template = below + exposure.templateError() * deviates.normal();
        double scienceFlux = template + flux;
        return new Epoch(
                visit,
                pixel,
                (float) flux,
                (float) error,
                scienceFlux,
                exposure.scienceError(scienceFlux),
                found,
                deviates.bits());
    }

    double mjdTai() {
        return visit.mjdTai(pixel.detector());
    }

    double templateFlux() {
        return scienceFlux - flux;
    }
}
