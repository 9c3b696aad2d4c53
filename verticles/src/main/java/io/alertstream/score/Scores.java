package io.alertstream.score;

import io.alertstream.avro.VisitNumber;
import io.alertstream.score.VisitScore.Problem;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares what was published with what was delivered, visit by visit. For one thread at a time. */
final class Scores {

    /** Visit number of alerts whose ids don't contain it. */
    static final long NO_VISIT = 0;

    /** Alerts logged for each problem; the rest are only counted. */
    private static final int MAX_LISTED = 1000;

    private static final int MAX_VISITS = 20_000;
    private static final Logger log = LoggerFactory.getLogger(Scores.class);

    private final AlertTable table;
    private final long lateMillis;
    private final Map<Long, VisitScore> visits = new TreeMap<>();
    private final Map<Problem, Long> counts = new EnumMap<>(Problem.class);
    private long firstVisit = Long.MAX_VALUE;
    private boolean beginsWithinAVisit;
    private long unreadableOutput;
    private long ofOtherVisits;

    /**
     * @param maxAlerts that fit into memory
     * @param late the delay beyond which a delivery is late
     */
    Scores(int maxAlerts, Duration late) {
        this.table = new AlertTable(maxAlerts);
        this.lateMillis = late.toMillis();
    }

    /**
     * The replay topic begins in the middle of the first visit: deliveries of its unknown alerts don't count as errors.
     */
    void beginWithinAVisit() {
        beginsWithinAVisit = true;
    }

    /** A visit was announced; it may still be incomplete. */
    void announceVisit(long number) {
        visit(number);
    }

    /** A broken message was published instead of an alert. */
    void broken(long id) {
        requireRoom(table.announce(id));
        visit(visitOf(id));
    }

    /** An alert was published whole. */
    void published(long id, long millis) {
        boolean first = table.timesPublished(id) == 0;
        requireRoom(table.publish(id, millis));
        if (first) {
            visit(visitOf(id)).published();
        }
    }

    /** The broker delivered an alert, at the given time if known. */
    void delivered(long id, OptionalLong millis) {
        long number = visitOf(id);
        VisitScore visit = visits.get(number);
        int times = table.deliver(id);
        if (visit == null || (times == 0 && beginsWithinAVisit && number == firstVisit)) {
            ofOtherVisits++;
        } else if (table.timesPublished(id) == 0) {
            problem(visit, Problem.WRONGLY_ACCEPTED, id);
        } else if (times == 1) {
            visit.delivered();
            millis.ifPresent(at -> latency(visit, id, at - table.publishedMillis(id)));
        } else if (times == 2) {
            problem(visit, Problem.DOUBLED, id);
        }
    }

    private void latency(VisitScore visit, long id, long millis) {
        visit.latency(millis);
        if (millis > lateMillis) {
            problem(visit, Problem.LATE, id);
        }
    }

    /** A message or line of the broker's output has no id. */
    void unreadable() {
        unreadableOutput++;
    }

    /** All output has been read: alerts that weren't delivered are missing. */
    void end() {
        table.forEach((id, published, delivered) -> {
            if (published > 0 && delivered == 0) {
                problem(visit(visitOf(id)), Problem.MISSING, id);
            }
        });
        counts.forEach((problem, count) -> {
            if (count > MAX_LISTED) {
                log.atWarn()
                        .addKeyValue("role", "score")
                        .log(
                                "{} more alerts are {}; the first {} are listed above",
                                count - MAX_LISTED,
                                problem.text(),
                                MAX_LISTED);
            }
        });
    }

    private void problem(VisitScore visit, Problem problem, long id) {
        visit.problem(problem);
        if (counts.merge(problem, 1L, Long::sum) <= MAX_LISTED) {
            log.atError()
                    .addKeyValue("role", "score")
                    .addKeyValue("alertId", id)
                    .log(problem.text());
        }
    }

    private VisitScore visit(long number) {
        VisitScore known = visits.get(number);
        if (known != null) {
            return known;
        }
        if (visits.size() >= MAX_VISITS) {
            throw new ScoreException(
                    "more than %d visits; SCORE_FROM leaves out those before a time".formatted(MAX_VISITS));
        }
        firstVisit = Math.min(firstVisit, number);
        VisitScore made = new VisitScore();
        visits.put(number, made);
        return made;
    }

    private static long visitOf(long id) {
        return VisitNumber.ofAlert(id).map(VisitNumber::number).orElse(NO_VISIT);
    }

    private static void requireRoom(boolean hadRoom) {
        if (!hadRoom) {
            throw new ScoreException(
                    "more alerts than fit into a third of the heap; raise -Xmx, or leave out earlier alerts (SCORE_FROM)");
        }
    }

    AlertTable table() {
        return table;
    }

    /** Scores by visit number. */
    Map<Long, VisitScore> visits() {
        return visits;
    }

    long unreadableOutput() {
        return unreadableOutput;
    }

    /** Deliveries of visits that aren't scored. */
    long ofOtherVisits() {
        return ofOtherVisits;
    }

    boolean isClean() {
        return unreadableOutput == 0 && visits.values().stream().allMatch(VisitScore::isClean);
    }
}
