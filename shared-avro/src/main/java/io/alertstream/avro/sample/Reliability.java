package io.alertstream.avro.sample;

/**
 * The score between 0 and 1 that the survey's classifier gives a source. It is confident about bright real sources, and
 * undecided about much of the rest.
 */
final class Reliability {

    /** The classifier's version: the sample has its own. */
    static final String VERSION = "sample-1";

    private Reliability() {}

    static double of(Source.Kind kind, double snr, Deviates deviates) {
        double mean =
                switch (kind) {
                    case VARIABLE, TRANSIENT, MOVING -> 1.5 + 0.15 * Math.min(snr, 20);
                    case DIPOLE, ARTEFACT -> -0.2;
                };
        return 1 / (1 + StrictMath.exp(-(mean + 0.9 * deviates.normal())));
    }
}
