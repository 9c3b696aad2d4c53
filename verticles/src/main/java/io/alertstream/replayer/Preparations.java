package io.alertstream.replayer;

/** Decides what each visit publishes. */
@FunctionalInterface
interface Preparations {

    /** Every visit is an unchanged copy of the static topic's. */
    Preparations VERBATIM = (alerts, startNanos) -> Preparation.VERBATIM;

    /**
     * The next visit.
     *
     * @param alerts in the static topic
     * @param startNanos when it starts, on the timers' clock
     */
    Preparation next(long alerts, long startNanos);
}
