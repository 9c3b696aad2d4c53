package io.alertstream.avro.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * What is known of an object before this visit.
 *
 * @param detections the times it was found on a difference image, oldest first
 * @param forced all fluxes measured at its place, found or not; none while the object is new
 */
record History(long objectId, List<Detection> detections, List<Epoch> forced) {

    private static final double COVERED = 0.88;
    private static final double DAYS_BEFORE_DISCOVERY = 30;
    private static final double RESIDUAL_AGAIN = 0.05;
    private static final double ARTEFACT_AGAIN = 0.004;

    /** Invents the past of the object behind a source. */
    static History of(Source source, Visit visit, Pointing.Place place, long newObjectId, Deviates deviates) {
        List<Epoch> epochs = new ArrayList<>();
        Epoch first = null;
        for (Exposure exposure : visit.past()) {
            if (!deviates.chance(COVERED)) {
                continue;
            }
            Epoch epoch = chanceResidual(source, Epoch.measure(source, exposure, deviates), deviates);
            epochs.add(epoch);
            if (first == null && epoch.found()) {
                first = epoch;
            }
        }
        if (first == null) {
            return new History(newObjectId, List.of(), List.of());
        }
        // An object has the id of its first source.
        long objectId = sourceId(first);
        double start = first.exposure().mjdTai() - DAYS_BEFORE_DISCOVERY;
        List<Detection> detections = new ArrayList<>();
        List<Epoch> forced = new ArrayList<>();
        for (Epoch epoch : epochs) {
            if (epoch.exposure().mjdTai() >= start) {
                forced.add(epoch);
            }
            if (epoch.found()) {
                detections.add(detection(epoch, objectId, source, place));
            }
        }
        return new History(objectId, detections, forced);
    }

    /** Where a bright star subtracts badly it does so again; other artefacts seldom come back. */
    private static Epoch chanceResidual(Source source, Epoch epoch, Deviates deviates) {
        double again =
                switch (source.kind()) {
                    case DIPOLE -> RESIDUAL_AGAIN;
                    case ARTEFACT -> ARTEFACT_AGAIN;
                    default -> 0;
                };
        if (again == 0 || epoch.found() || !deviates.chance(again)) {
            return epoch;
        }
        double flux = (deviates.chance(0.5) ? 1 : -1) * epoch.error() * deviates.uniform(5.3, 8);
        return new Epoch(
                epoch.exposure(),
                epoch.detector(),
                flux,
                epoch.error(),
                epoch.scienceFlux() + flux,
                epoch.scienceError(),
                true);
    }

    static long sourceId(Epoch epoch) {
        return Ids.source(epoch.exposure(), epoch.detector(), counter(epoch));
    }

    /** A number in the detector's list of sources, made of the flux: as good as random, and always the same. */
    private static int counter(Epoch epoch) {
        return 1 + (int) (Deviates.mix(Double.doubleToLongBits(epoch.flux()), epoch.detector()) >>> 51);
    }

    private static Detection detection(Epoch epoch, long objectId, Source source, Pointing.Place place) {
        long id = sourceId(epoch);
        Deviates deviates = new Deviates(id ^ Double.doubleToLongBits(epoch.flux()));
        Exposure exposure = epoch.exposure();
        double snr = Math.abs(epoch.flux()) / epoch.error();
        double scatter = Detection.positionError(exposure, snr) * Detection.DEGREES_PER_PIXEL;
        double cosDec = StrictMath.cos(StrictMath.toRadians(place.dec()));
        double templateFlux = epoch.scienceFlux() - epoch.flux();
        return new Detection(
                id,
                objectId,
                0,
                exposure,
                exposure.mjdTai(),
                epoch.detector(),
                deviates.uniform(20, FocalPlane.COLUMNS - 20.0),
                deviates.uniform(20, FocalPlane.ROWS - 20.0),
                place.ra() + scatter * deviates.normal() / cosDec,
                place.dec() + scatter * deviates.normal(),
                new Psf(exposure.seeing(), deviates),
                new Stamp.Fit(epoch.flux(), epoch.error(), chi2(deviates)),
                new Stamp.Fit(epoch.scienceFlux(), epoch.scienceError(), chi2(deviates)),
                new Stamp.Fit(templateFlux, exposure.templateError(), chi2(deviates)),
                epoch.flux() + 3 * epoch.error() * deviates.normal(),
                3.5 * epoch.error(),
                Reliability.of(source.kind(), snr, deviates),
                false,
                Double.NaN,
                0,
                Double.NaN,
                Double.NaN,
                0);
    }

    /** The sum of squares of as many deviates as a stamp has pixels. */
    private static double chi2(Deviates deviates) {
        return Stamp.PIXELS + StrictMath.sqrt(2.0 * Stamp.PIXELS) * deviates.normal();
    }
}
