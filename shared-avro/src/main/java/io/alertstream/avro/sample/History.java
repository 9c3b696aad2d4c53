package io.alertstream.avro.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An object's past before a visit: what the alerts of earlier visits to its field said.
 *
 * @param objectId the id of the object's first source, or 0 if there is no object
 * @param detections its detections on difference images, oldest first
 * @param forced all fluxes measured at its position, detected or not; empty while the object is new
 */
record History(long objectId, List<Detection> detections, List<Epoch> forced) {

    private static final double DAYS_BEFORE_DISCOVERY = 30;

    /** For an asteroid, which has no fixed place on the sky. */
    static History none() {
        return new History(0, List.of(), List.of());
    }

    /** For an object that is detected for the first time. */
    static History unknown(long objectId) {
        return new History(objectId, List.of(), List.of());
    }

    /**
     * Looks an object up in the earlier visits to its field.
     *
     * @param before those visits, oldest first
     * @param newObjectId the object's id if none of them found it
     * @param withForced whether there is forced photometry
     */
    static History of(SkyObject object, List<Visit> before, long newObjectId, boolean withForced) {
        List<Epoch> epochs = new ArrayList<>();
        Epoch first = null;
        for (Visit visit : before) {
            Optional<FocalPlane.Pixel> pixel = visit.exposure().mjdTai() < object.from()
                    ? Optional.empty()
                    : visit.pointing().pixel(object.direction());
            if (pixel.isPresent()) {
                Epoch epoch = Epoch.of(object, visit, pixel.get());
                epochs.add(epoch);
                first = first == null && epoch.found() ? epoch : first;
            }
        }
        if (first == null) {
            return unknown(newObjectId);
        }
        long objectId = sourceId(first, object.number());
        double start = first.mjdTai() - DAYS_BEFORE_DISCOVERY;
        List<Detection> detections = new ArrayList<>();
        List<Epoch> forced = new ArrayList<>();
        for (Epoch epoch : epochs) {
            if (withForced && epoch.mjdTai() >= start) {
                forced.add(epoch);
            }
            if (epoch.found()) {
                long id = sourceId(epoch, object.number());
                detections.add(Detection.of(id, objectId, object.source(), null, epoch));
            }
        }
        return new History(objectId, detections, forced);
    }

    /**
     * The id of an object's source in a visit: the same in the visit's own alert and in the histories of later ones.
     */
    static long sourceId(Epoch epoch, int objectNumber) {
        return Ids.source(epoch.visit().exposure(), epoch.pixel().detector(), objectNumber + 1);
    }
}
