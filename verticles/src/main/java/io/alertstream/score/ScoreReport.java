package io.alertstream.score;

import io.alertstream.journal.FaultKind;
import io.alertstream.score.VisitScore.Problem;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Reports scores: a line for each visit, those about the faults that were injected, and the verdict. */
final class ScoreReport {

    private static final Logger log = LoggerFactory.getLogger(ScoreReport.class);

    private final Scoring scoring;

    ScoreReport(Scoring scoring) {
        this.scoring = scoring;
    }

    /**
     * Logs all of it.
     *
     * @throws ScoreException if the broker made a mistake, or there is nothing to judge
     */
    void judge() {
        Scores scores = scoring.scores();
        scores.visits().forEach(this::visit);
        faults();
        if (scores.deliveriesWithoutTime() > 0) {
            report(
                    log.atWarn(),
                    "%d deliveries have no time and count neither as late nor in the latencies; write ID,TIME lines"
                            .formatted(scores.deliveriesWithoutTime()));
        }
        String verdict = verdict(scores);
        if (scores.visits().values().stream().noneMatch(visit -> visit.publishedAlerts() > 0)) {
            throw new ScoreException(
                    "no alert was published, so there is nothing to score; REPLAY_TOPIC, SCORE_FROM and the topic's retention say what is read: "
                            + verdict);
        }
        if (!scores.isClean()) {
            throw new ScoreException(
                    "the broker made mistakes; the lines above name the alerts and the visits: " + verdict);
        }
        report(log.atInfo(), "the broker made no mistake: " + verdict);
    }

    private void visit(long number, VisitScore visit) {
        if (isGone(number, visit)) {
            return;
        }
        String name = number == Scores.NO_VISIT ? "alerts whose ids name no known visit" : "visit " + number;
        String faults = scoring.announced()
                .visit(number)
                .map(PlannedVisit::faults)
                .filter(text -> !text.isEmpty())
                .map(text -> "; faults: " + text)
                .orElse("");
        String cut = scoring.scores().isCutOff(number) ? "; only what is left of it" : "";
        report(visit.isClean() ? log.atInfo() : log.atWarn(), name + ": " + visit + faults + cut);
    }

    /** Whether all of the visit was deleted, or left out. */
    private boolean isGone(long number, VisitScore visit) {
        return visit.accounted() == 0 && visit.isClean() && scoring.scores().isCutOff(number);
    }

    private void faults() {
        FaultCheck check = scoring.faults();
        Map<FaultKind, Long> counts = new TreeMap<>(scoring.announced().counts());
        String injected = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().text())
                .collect(Collectors.joining(", "));
        String text = "faults in the journal: " + (injected.isEmpty() ? "none" : injected);
        if (!injected.isEmpty()) {
            text += "; %d were found as announced".formatted(check.found());
        }
        if (check.ofUnfinished() > 0) {
            text += "; %d weren't published, as they weren't due yet or their visit was stopped or dropped"
                    .formatted(check.ofUnfinished());
        }
        if (check.notLookedFor() > 0) {
            text += "; %d weren't looked for: their visits have been deleted in part, left out, or repeat their ids"
                    .formatted(check.notLookedFor());
        }
        report(log.atInfo(), text);
        check.unfinished().values().forEach(this::unfinished);
        check.differences()
                .forEach((difference, tally) -> report(
                        log.atWarn(),
                        "%d %s in the journal: %s; the first is %s"
                                .formatted(
                                        tally.count(),
                                        difference.kind().text(),
                                        difference.finding().text(),
                                        tally.first())));
        if (scoring.surprises().count() > 0) {
            report(log.atWarn(), "published, but not in the journal: " + scoring.surprises());
        }
    }

    private void unfinished(FaultCheck.Unfinished visit) {
        if (visit.published() > visit.announced()) {
            report(
                    log.atWarn(),
                    "visit %d has %d alerts, and the journal announces %d"
                            .formatted(visit.visit(), visit.published(), visit.announced()));
            return;
        }
        String why =
                switch (visit.cause()) {
                    case STOPPED -> "the replayer was stopped during it";
                    case DROPPED -> "the replayer was paused before its start, or gave it up; its log says why";
                    case GOING_ON -> "it is the last, and may still be in progress";
                    case UNKNOWN -> "the replayer ended or failed during it";
                };
        report(
                visit.cause() == FaultCheck.Cause.UNKNOWN ? log.atWarn() : log.atInfo(),
                "visit %d is incomplete: %d of %d alerts were published; %s"
                        .formatted(visit.visit(), visit.published(), visit.announced(), why));
    }

    private String verdict(Scores scores) {
        long visits = scores.visits().entrySet().stream()
                .filter(visit -> !isGone(visit.getKey(), visit.getValue()))
                .count();
        long published = 0;
        long delivered = 0;
        Map<Problem, Long> problems = new TreeMap<>();
        for (VisitScore visit : scores.visits().values()) {
            published += visit.publishedAlerts();
            delivered += visit.deliveredAlerts();
            for (Problem problem : Problem.values()) {
                problems.merge(problem, visit.count(problem), Long::sum);
            }
        }
        String found = problems.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().text())
                .collect(Collectors.joining(", "));
        String text = "%d visits, %d alerts published, %d delivered, %s".formatted(visits, published, delivered, found);
        if (scores.unreadableOutput() > 0) {
            text += ", %d without an id in the broker's output".formatted(scores.unreadableOutput());
        }
        if (scores.ofOtherVisits() > 0) {
            text += "; %d deliveries of visits that aren't scored".formatted(scores.ofOtherVisits());
        }
        return text;
    }

    private static void report(LoggingEventBuilder line, String text) {
        line.addKeyValue("role", "score").log(text);
    }
}
