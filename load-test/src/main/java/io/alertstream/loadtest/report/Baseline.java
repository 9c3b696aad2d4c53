package io.alertstream.loadtest.report;

import java.util.Map;
import java.util.Optional;

/** Which baseline a workload's figure is compared with. */
final class Baseline {

    private static final Map<String, String> OF = Map.of(
            "produce.rate", "producer.rate",
            "consume.rate", "consumer.rate",
            "catchUp.rate", "ingest-sum.rate",
            "read.rate", "file-read.rate");

    private Baseline() {}

    /** Its full name, by that of the figure. */
    static Optional<String> of(String figure) {
        int slash = figure.indexOf('/');
        return figure.startsWith("baseline/")
                ? Optional.empty()
                : Optional.ofNullable(OF.get(figure.substring(slash + 1))).map(name -> "baseline/" + name);
    }
}
