package io.alertstream.avro.sample;

/** Writes a forced measurement at an object's position as the record {@code lsst.v11_1.diaForcedSource}. */
final class ForcedSourceFields {

    /** Forced fluxes are measured on the following day. */
    private static final double DAYS_LATER = 0.6;

    private ForcedSourceFields() {}

    static void write(Epoch epoch, int objectNumber, long objectId, double[] position, AvroBuffer out) {
        Exposure exposure = epoch.visit().exposure();
        out.number(History.sourceId(epoch, objectNumber));
        out.number(objectId);
        out.float64(position[0]);
        out.float64(position[1]);
        out.number(exposure.visit());
        out.number(epoch.pixel().detector());
        out.someFloat32(epoch.flux());
        out.someFloat32(epoch.error());
        out.float64(epoch.mjdTai());
        out.someFloat32(epoch.scienceFlux());
        out.someFloat32(epoch.scienceError());
        out.someText(exposure.band().letter());
        out.float64(epoch.mjdTai() + DAYS_LATER);
        out.none(); // timeWithdrawnMjdTai
    }
}
