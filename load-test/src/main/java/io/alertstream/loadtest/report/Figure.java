package io.alertstream.loadtest.report;

/**
 * One result.
 *
 * @param name dotted, the kind of work first
 * @param unit empty for counts
 */
public record Figure(String name, double value, String unit, Better better) {

    /** Which way is good. */
    public enum Better {
        HIGHER,
        LOWER,
        NEITHER
    }

    /** The same figure, prefixed with a workload's name. */
    Figure of(String workload) {
        return new Figure(workload + "/" + name, value, unit, better);
    }
}
