package io.alertstream.avro.sample;

/** The score between 0 and 1 that the survey's classifier gives a source: high for what is on the sky. */
final class Reliability {

    /** Which classifier it is: the sample's own. */
    static final String VERSION = "sample-1";

    private Reliability() {}

    static double of(Source.Kind kind, double snr, Deviates deviates) {
        double mean =
                switch (kind) {
                    case VARIABLE, TRANSIENT, MOVING -> 1.2 + 0.08 * Math.min(snr, 40);
                    case DIPOLE -> -0.5;
                    case ARTEFACT -> -2;
                };
        return 1 / (1 + StrictMath.exp(-(mean + deviates.normal())));
    }
}
