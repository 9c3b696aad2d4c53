package io.alertstream.score;

import java.util.EnumMap;
import java.util.Map;

/** A broker's result for one visit. For one thread. */
final class VisitScore {

    /** What can go wrong with an alert. */
    enum Problem {
        MISSING("missing"),
        DOUBLED("delivered more than once"),
        LATE("late"),
        WRONGLY_ACCEPTED("wrongly accepted");

        private final String text;

        Problem(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private final LatencyHistogram latencies = new LatencyHistogram();
    private final Map<Problem, Long> problems = new EnumMap<>(Problem.class);
    private long published;
    private long delivered;

    /** Counts a distinct alert that was published. */
    void published() {
        published++;
    }

    /** Counts a distinct alert that was delivered. */
    void delivered() {
        delivered++;
    }

    void latency(long millis) {
        latencies.add(millis);
    }

    void problem(Problem problem) {
        problems.merge(problem, 1L, Long::sum);
    }

    long publishedAlerts() {
        return published;
    }

    long deliveredAlerts() {
        return delivered;
    }

    long count(Problem problem) {
        return problems.getOrDefault(problem, 0L);
    }

    boolean isClean() {
        return problems.isEmpty();
    }

    @Override
    public String toString() {
        return "%d published, %d delivered, %d missing, %d doubled, %d late, %d wrongly accepted; latency %d ms median, %d ms 95 %%, %d ms at most"
                .formatted(
                        published,
                        delivered,
                        count(Problem.MISSING),
                        count(Problem.DOUBLED),
                        count(Problem.LATE),
                        count(Problem.WRONGLY_ACCEPTED),
                        latencies.percentile(0.5),
                        latencies.percentile(0.95),
                        latencies.max());
    }
}
