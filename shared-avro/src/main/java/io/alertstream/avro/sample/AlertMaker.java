package io.alertstream.avro.sample;

import io.alertstream.avro.Alert;
import io.alertstream.avro.WireFormat;
import io.alertstream.avro.sample.Source.Kind;
import java.util.List;

/** Makes the alerts of a visit, one at a time; buffers are used again, so an instance is for one thread. */
final class AlertMaker {

    /** Pixels from a detector's edge, so that the cutouts are whole. */
    private static final double MARGIN = 20;

    /** How many of the artefacts are cosmic rays. */
    private static final double COSMIC_RAYS = 0.3;

    private static final double EXPOSURE_DAYS = Exposure.SECONDS / Exposure.SECONDS_A_DAY;
    private static final double ARCSEC_PER_DEGREE = 3600;

    private final Visit visit;
    private final int schemaId;
    private final Stamp stamp = new Stamp();
    private final Cutouts cutouts = new Cutouts();
    private final AvroBuffer out = new AvroBuffer();

    AlertMaker(Visit visit, int schemaId) {
        this.visit = visit;
        this.schemaId = schemaId;
    }

    /**
     * Makes one alert.
     *
     * @param counter the alert's number on its detector, from 1
     * @param deviates the alert's own
     */
    Alert make(Bursts.Burst burst, int counter, Optics optics, Deviates deviates) {
        Exposure exposure = visit.exposure();
        Pointing.Place place = visit.pointing()
                .place(
                        burst.detector(),
                        deviates.uniform(MARGIN, FocalPlane.COLUMNS - MARGIN),
                        deviates.uniform(MARGIN, FocalPlane.ROWS - MARGIN));
        Source source = Population.draw(exposure, deviates);
        long id = Ids.source(exposure, burst.detector(), counter);
        double mjdTai = exposure.mjdTai() + burst.seconds() / Exposure.SECONDS_A_DAY;
        Asteroid asteroid = source.kind() == Kind.MOVING
                ? Asteroid.seen(Vector.towards(place.ra(), place.dec()), mjdTai, deviates)
                : null;
        History history = asteroid == null
                ? History.of(source, visit, place, id, deviates)
                : new History(0, List.of(), List.of());
        Detection now = measure(id, mjdTai, place, source, history, asteroid, optics.psf(), deviates);
        write(now, history, asteroid, place, optics);
        return new Alert(id, mjdTai, WireFormat.write(schemaId, out.array(), 0, out.length()));
    }

    private Detection measure(
            long id,
            double mjdTai,
            Pointing.Place place,
            Source source,
            History history,
            Asteroid asteroid,
            Psf psf,
            Deviates deviates) {
        Exposure exposure = visit.exposure();
        boolean cosmicRay = source.kind() == Kind.ARTEFACT && deviates.chance(COSMIC_RAYS);
        double flux = Population.measured(source, exposure, deviates);
        double centreX = place.column() - Cutouts.firstPixel(place.column());
        double centreY = place.row() - Cutouts.firstPixel(place.row());
        Scene scene = source.scene(exposure.band(), cosmicRay ? Math.abs(flux) : flux, cosmicRay);
        stamp.draw(exposure, psf, centreX, centreY, scene, deviates);
        Stamp.Fit fit = stamp.differenceFit();
        double[] aperture = stamp.aperture(centreX, centreY);
        Asteroid.Motion motion = asteroid == null ? null : asteroid.motion();
        return new Detection(
                id,
                history.objectId(),
                asteroid == null ? 0 : asteroid.id(),
                exposure,
                mjdTai,
                place.detector(),
                place.column(),
                place.row(),
                place.ra(),
                place.dec(),
                psf,
                fit,
                stamp.scienceFit(),
                stamp.templateFit(),
                aperture[0],
                aperture[1],
                Reliability.of(source.kind(), Math.abs(fit.flux()) / fit.error(), deviates),
                cosmicRay,
                source.kind() == Kind.DIPOLE ? source.star(exposure.band()) : Double.NaN,
                2 * source.shift(),
                stamp.noiseChi2(),
                motion == null ? Double.NaN : motion.rate() * ARCSEC_PER_DEGREE * EXPOSURE_DAYS,
                motion == null ? place.columnAngle() : motion.angle());
    }

    private void write(Detection now, History history, Asteroid asteroid, Pointing.Place place, Optics optics) {
        out.clear();
        out.number(now.id());
        out.someText(visit.reason());
        out.someText(visit.target());
        DiaSourceFields.write(now, out);
        double[] position = DiaObjectFields.position(history, now);
        sources(history.detections());
        forced(history, position);
        if (asteroid == null) {
            out.some();
            DiaObjectFields.write(history, now, position, out);
            out.none(2); // ssSource, mpc_orbits
        } else {
            out.none(); // diaObject
            out.some();
            SolarSystemFields.writeSource(asteroid, now, out);
            out.some();
            SolarSystemFields.writeOrbit(asteroid, now, out);
        }
        cutouts.at(place);
        cutout(cutouts.of(stamp.difference(), stamp.differenceVariance()));
        cutout(cutouts.of(stamp.science(), stamp.scienceVariance(), optics.image()));
        cutout(cutouts.of(stamp.template(), stamp.templateVariance()));
    }

    private void sources(List<Detection> detections) {
        if (detections.isEmpty()) {
            out.none();
            return;
        }
        out.some();
        out.number(detections.size());
        for (Detection detection : detections) {
            DiaSourceFields.write(detection, out);
        }
        out.number(0);
    }

    private void forced(History history, double[] position) {
        if (history.forced().isEmpty()) {
            out.none();
            return;
        }
        out.some();
        out.number(history.forced().size());
        for (Epoch epoch : history.forced()) {
            ForcedSourceFields.write(epoch, history.objectId(), position, out);
        }
        out.number(0);
    }

    private void cutout(FitsWriter file) {
        out.some();
        out.bytes(file.array(), file.length());
    }
}
