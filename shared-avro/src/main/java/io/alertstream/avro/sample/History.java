package io.alertstream.avro.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An object's past before a visit: what the alerts of earlier visits to its field said.
 *
 * @param objectId that of the object's first source, or 0 for what belongs to no object
 * @param detections the times it was found on a difference image, oldest first
 * @param forced all fluxes measured at its place, found or not; none while the object is new
 */
record History(long objectId, List<Detection> detections, List<Epoch> forced) {

    private static final double DAYS_BEFORE_DISCOVERY = 30;

    /** Of an asteroid: it has no place on the sky. */
    static History none() {
        return new History(0, List.of(), List.of());
    }

    /** Of what is found for the first time. */
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

    /** The id of what a visit finds of an object: the same whether the visit itself says so or a later one. */
    static long sourceId(Epoch epoch, int objectNumber) {
        return Ids.source(epoch.visit().exposure(), epoch.pixel().detector(), objectNumber + 1);
    }
}
