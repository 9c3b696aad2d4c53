package io.alertstream.score;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What was published of one visit, and a broker's result for it. For one thread. */
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
    private final Set<Integer> schemaIds = new HashSet<>(1);
    private final Set<String> topics = new HashSet<>(1);
    private Optional<Pauses> pauses = Optional.empty();
    private long published;
    private long broken;
    private long delivered;
    private long known;
    private long firstMillis = Long.MAX_VALUE;
    private long lastMillis = Long.MIN_VALUE;

    /** Counts a distinct alert that was published. */
    void published(int schemaId, String topic) {
        published++;
        schemaIds.add(schemaId);
        topics.add(topic);
    }

    /** Counts a distinct alert that was published, whole or broken, in whichever replay. */
    void known() {
        known++;
    }

    long knownAlerts() {
        return known;
    }

    /** Keeps the times of the first and the last message with a whole alert. */
    void seenAt(long millis) {
        firstMillis = Math.min(firstMillis, millis);
        lastMillis = Math.max(lastMillis, millis);
    }

    long firstMillis() {
        return firstMillis;
    }

    long lastMillis() {
        return lastMillis;
    }

    /** Counts a broken message. */
    void broken() {
        broken++;
    }

    /** Keeps the time at which an alert was published, to find a pause. */
    void publishedAt(long millis) {
        if (pauses.isEmpty()) {
            pauses = Optional.of(new Pauses());
        }
        pauses.get().add(millis);
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

    /** Alerts that were published, whole or broken. */
    long accounted() {
        return published + broken;
    }

    Set<Integer> schemaIds() {
        return schemaIds;
    }

    Set<String> topics() {
        return topics;
    }

    /** Whether none of the times kept is in a pause that is about that long. */
    boolean paused(long startMillis, long millis) {
        return pauses.filter(times -> times.hasOne(startMillis, millis)).isPresent();
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
        return "%d published, %d delivered, %d missing, %d doubled, %d late, %d wrongly accepted; latency %s"
                .formatted(
                        published,
                        delivered,
                        count(Problem.MISSING),
                        count(Problem.DOUBLED),
                        count(Problem.LATE),
                        count(Problem.WRONGLY_ACCEPTED),
                        latencies);
    }
}
