package io.alertstream.replayer;

/** Decides what each visit is. */
@FunctionalInterface
interface Preparations {

    /** Every visit is the static topic's. */
    Preparations VERBATIM = (alerts, startNanos) -> Preparation.VERBATIM;

    /**
     * The next visit.
     *
     * @param alerts that the static topic has
     * @param startNanos when it starts, on the timers' clock
     */
    Preparation next(long alerts, long startNanos);
}
