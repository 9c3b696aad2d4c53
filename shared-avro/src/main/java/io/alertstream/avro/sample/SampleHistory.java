package io.alertstream.avro.sample;

/** How long the made-up survey has been running at its first visit, which decides how much history its alerts have. */
public enum SampleHistory {
    /** Most objects are new, the others have a few earlier sources, and there is no forced photometry yet. */
    FIRST_YEAR(48, 0.2, 1.5, false, 109_500),

    /** Most alerts have a light curve of months, with forced photometry. */
    MATURE(168, 1.1, 1.5, true, 121_500);

    private final int nights;
    private final double objectsPerAlert;
    private final double residualsPerAlert;
    private final boolean forced;
    private final long bytesAnAlert;

    SampleHistory(int nights, double objectsPerAlert, double residualsPerAlert, boolean forced, long bytesAnAlert) {
        this.nights = nights;
        this.objectsPerAlert = objectsPerAlert;
        this.residualsPerAlert = residualsPerAlert;
        this.forced = forced;
        this.bytesAnAlert = bytesAnAlert;
    }

    /** Nights of observation before the first visit. */
    int nights() {
        return nights;
    }

    /** Variable objects in a field per alert of a visit: not all are bright enough every time. */
    double objectsPerAlert() {
        return objectsPerAlert;
    }

    /** Bright stars in a field that sometimes subtract badly, per alert of a visit. */
    double residualsPerAlert() {
        return residualsPerAlert;
    }

    /** Whether objects have forced photometry and the times of their first and last source. */
    boolean forced() {
        return forced;
    }

    /** Mean size of a packet. */
    long bytesAnAlert() {
        return bytesAnAlert;
    }
}
