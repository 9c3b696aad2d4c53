package io.alertstream.score;

import io.alertstream.avro.VisitNumber;
import io.alertstream.journal.FaultKind.Scope;
import io.alertstream.journal.JournalLine;
import io.alertstream.journal.JournalLine.Dropped;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.journal.JournalLine.Stopped;
import io.alertstream.journal.JournalLine.VisitBegun;
import io.alertstream.score.VisitScore.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares what was published with what was delivered, visit by visit. For one thread at a time. */
final class Scores implements JournalLine.Handler {

    /** Visit number of alerts whose ids don't contain it. */
    static final long NO_VISIT = 0;

    /** Alerts logged for each problem; the rest are only counted. */
    private static final int MAX_LISTED = 1000;

    private static final int MAX_UNREADABLE_LISTED = 10;
    private static final int MAX_VISITS = 20_000;
    private static final Logger log = LoggerFactory.getLogger(Scores.class);

    private final AlertTable table;
    private final long lateMillis;
    private final Announced announced;
    private final Map<Long, VisitScore> visits = new TreeMap<>();
    private final UnreadAlerts unread;
    private final Map<Problem, Long> counts = new EnumMap<>(Problem.class);
    private long deliveriesWithoutTime;
    private long unreadableOutput;
    private long ofOtherVisits;

    /**
     * @param maxAlerts that fit into memory
     * @param late the delay beyond which a delivery is late
     * @param endMillis when the topics' ends are taken
     */
    Scores(int maxAlerts, Duration late, Announced announced, long endMillis) {
        this.table = new AlertTable(maxAlerts);
        this.lateMillis = late.toMillis();
        this.announced = announced;
        this.unread = new UnreadAlerts(announced, visits, endMillis);
    }

    /** The alerts that may exist besides those that are read. */
    UnreadAlerts unread() {
        return unread;
    }

    /** Expects a visit, which may still be incomplete. */
    @Override
    public void visitBegun(VisitBegun begun) {
        announced
                .visit(begun.visit().number())
                .filter(PlannedVisit::isFresh)
                .ifPresent(planned -> visit(planned.number()));
    }

    /** Expects a broken message instead of an alert; other faults change nothing in what is to be delivered. */
    @Override
    public void fault(Fault fault) {
        if (fault.kind().scope() == Scope.BROKEN_ALERT && fault.alertId().isPresent()) {
            long id = fault.alertId().getAsLong();
            boolean first = !table.knows(id);
            requireRoom(table.announce(id));
            VisitScore visit = visit(visitOf(id));
            if (first) {
                visit.known();
            }
        }
    }

    /** Changes nothing: the visit is scored by what was published of it. */
    @Override
    public void dropped(Dropped drop) {}

    /** Changes nothing either, for the same reason. */
    @Override
    public void stopped(Stopped stop) {}

    /** A broken message was published as announced. */
    void broken(AlertFault fault) {
        VisitScore visit = visits.get(fault.visit());
        if (visit != null) {
            visit.broken();
        }
    }

    /** Number of times that an alert was published whole so far. */
    int timesPublished(long id) {
        return table.timesPublished(id);
    }

    /** An alert was published whole into a topic. */
    void published(Packets.WholeAlert alert, String topic, long millis) {
        boolean isNew = !table.knows(alert.id());
        boolean first = timesPublished(alert.id()) == 0;
        requireRoom(table.publish(alert.id(), millis));
        long number = visitOf(alert.id());
        VisitScore visit = visit(number);
        visit.seenAt(millis);
        if (isNew) {
            visit.known();
        }
        if (first) {
            visit.published(alert.schemaId(), topic);
            boolean isDelayed =
                    announced.fault(alert.id()).filter(AlertFault::delays).isPresent();
            if (!isDelayed
                    && announced.visit(number).filter(PlannedVisit::isStopped).isPresent()) {
                visit.publishedAt(millis);
            }
        }
    }

    /** The broker delivered an alert, at the given time if known. */
    void delivered(long id, OptionalLong millis) {
        long number = visitOf(id);
        int times = table.deliver(id);
        if (times == 0 && unread.mayHave(id, number)) {
            ofOtherVisits++;
            return;
        }
        if (times == 0) {
            problem(visitOrNone(number), Problem.WRONGLY_ACCEPTED, id, "never published");
            return;
        }
        VisitScore visit = visit(number);
        if (table.timesPublished(id) == 0) {
            problem(visit, Problem.WRONGLY_ACCEPTED, id, "published broken");
        } else if (times == 1) {
            visit.delivered();
            millis.ifPresentOrElse(
                    at -> latency(visit, id, at - table.publishedMillis(id)), () -> deliveriesWithoutTime++);
        } else if (times == 2) {
            problem(visit, Problem.DOUBLED, id, "published " + publications(id));
        }
    }

    private void latency(VisitScore visit, long id, long millis) {
        visit.latency(millis);
        if (millis > lateMillis) {
            problem(
                    visit,
                    Problem.LATE,
                    id,
                    "delivered %d ms after it was published, at most %d are allowed (SCORE_LATE)"
                            .formatted(millis, lateMillis));
        }
    }

    private String publications(long id) {
        int times = table.timesPublished(id);
        return times == 1 ? "once" : times + " times";
    }

    /** A message or line of the broker's output has no id; the text says where, and what was expected. */
    void unreadable(String text) {
        unreadableOutput++;
        if (unreadableOutput <= MAX_UNREADABLE_LISTED) {
            log.atError().addKeyValue("role", "score").log("no id in the broker's output, {}", text);
        }
    }

    /** All output has been read: alerts that weren't delivered are missing. */
    void end() {
        table.forEach((id, published, delivered) -> {
            if (published > 0 && delivered == 0) {
                Instant first = Instant.ofEpochMilli(table.publishedMillis(id));
                problem(visit(visitOf(id)), Problem.MISSING, id, "published at " + first);
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

    private void problem(VisitScore visit, Problem problem, long id, String why) {
        visit.problem(problem);
        if (counts.merge(problem, 1L, Long::sum) <= MAX_LISTED) {
            String fault = announced
                    .fault(id)
                    .map(it -> ", with the fault " + it.kind().text())
                    .orElse("");
            log.atError()
                    .addKeyValue("role", "score")
                    .addKeyValue("alertId", id)
                    .log("{}: {}{}", problem.text(), why, fault);
        }
    }

    /** The visit, or what stands for all that don't exist: invented ids can name any number of them. */
    private VisitScore visitOrNone(long number) {
        return visit(visits.containsKey(number) ? number : NO_VISIT);
    }

    private VisitScore visit(long number) {
        VisitScore known = visits.get(number);
        if (known != null) {
            return known;
        }
        if (visits.size() >= MAX_VISITS) {
            throw new ScoreException("more than %d visits; set SCORE_FROM to a time that leaves out the earlier ones"
                    .formatted(MAX_VISITS));
        }
        VisitScore made = new VisitScore();
        visits.put(number, made);
        return made;
    }

    /** Whether messages of the visit may have been deleted, or left out. */
    boolean isCutOff(long number) {
        return unread.isCutOff(number);
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

    /** Scores by visit number. */
    Map<Long, VisitScore> visits() {
        return visits;
    }

    long unreadableOutput() {
        return unreadableOutput;
    }

    /** Deliveries of alerts that may exist, but weren't read. */
    long ofOtherVisits() {
        return ofOtherVisits;
    }

    long deliveriesWithoutTime() {
        return deliveriesWithoutTime;
    }

    boolean isClean() {
        return unreadableOutput == 0 && visits.values().stream().allMatch(VisitScore::isClean);
    }
}
