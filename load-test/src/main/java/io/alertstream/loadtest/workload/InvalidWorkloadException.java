package io.alertstream.loadtest.workload;

import java.util.List;

/** A workload that can't be run, with everything that is wrong with it. */
public final class InvalidWorkloadException extends RuntimeException {

    private final transient List<String> problems;

    InvalidWorkloadException(String origin, List<String> problems) {
        super("the workload " + origin + " can't be used:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Each with the field, its value and what is expected. */
    public List<String> problems() {
        return problems;
    }
}
