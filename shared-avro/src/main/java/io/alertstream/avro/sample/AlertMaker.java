package io.alertstream.avro.sample;

import io.alertstream.avro.Alert;
import io.alertstream.avro.WireFormat;
import java.util.List;

/** Writes the alerts of a visit, one at a time; reuses its buffers, so an instance is for one thread. */
final class AlertMaker {

    private final Visit visit;
    private final SampleHistory history;
    private final int schemaId;
    private final Stamp stamp = new Stamp();
    private final Cutouts cutouts = new Cutouts();
    private final AvroBuffer out = new AvroBuffer();

    AlertMaker(Visit visit, SampleHistory history, int schemaId) {
        this.visit = visit;
        this.history = history;
        this.schemaId = schemaId;
    }

    Alert make(Sky.Find find, Optics optics) {
        draw(find, optics.psf());
        write(find, optics);
        Detection now = find.now();
        return new Alert(now.id(), now.mjdTai(), WireFormat.write(schemaId, out.array(), 0, out.length()));
    }

    private void draw(Sky.Find find, Psf psf) {
        Detection now = find.now();
        FocalPlane.Pixel pixel = now.epoch().pixel();
        stamp.draw(
                visit.exposure(),
                psf,
                pixel.column() - Cutouts.firstPixel(pixel.column()),
                pixel.row() - Cutouts.firstPixel(pixel.row()),
                find.source().scene(visit.exposure().band(), now.epoch().flux(), now.cosmicRay()),
                now.epoch().templateFlux(),
                now.aperture(),
                new Deviates(find.seed()));
    }

    private void write(Sky.Find find, Optics optics) {
        Detection now = find.now();
        out.clear();
        out.number(now.id());
        out.someText(visit.reason());
        out.someText(visit.target());
        DiaSourceFields.write(now, out);
        double[] position = DiaObjectFields.position(find.history(), now);
        sources(find.history().detections());
        forced(find, position);
        find.asteroid().ifPresentOrElse(asteroid -> solarSystem(asteroid, now), () -> object(find, position));
        cutouts.at(now.place(), visit.pointing().rotation());
        cutout(cutouts.of(stamp.difference(), stamp.differenceVariance(), optics.visitPart()));
        cutout(cutouts.of(stamp.science(), stamp.scienceVariance(), optics.visitPart()));
        cutout(cutouts.of(stamp.template(), stamp.templateVariance(), optics.templatePart()));
    }

    private void object(Sky.Find find, double[] position) {
        out.some();
        DiaObjectFields.write(find.history(), find.now(), position, history.forced(), out);
        out.none(2); // ssSource, mpc_orbits
    }

    private void solarSystem(Asteroid asteroid, Detection now) {
        out.none(); // diaObject
        out.some();
        SolarSystemFields.writeSource(asteroid, now, out);
        out.some();
        SolarSystemFields.writeOrbit(asteroid, now, out);
    }

    /** Null if there are none, as the survey writes it. */
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

    /** An empty list if there are none, as the survey writes it. */
    private void forced(Sky.Find find, double[] position) {
        out.some();
        if (!find.history().forced().isEmpty()) {
            out.number(find.history().forced().size());
            for (Epoch epoch : find.history().forced()) {
                ForcedSourceFields.write(
                        epoch, find.objectNumber(), find.history().objectId(), position, out);
            }
        }
        out.number(0);
    }

    private void cutout(FitsWriter file) {
        out.some();
        out.bytes(file.array(), file.length());
    }
}
