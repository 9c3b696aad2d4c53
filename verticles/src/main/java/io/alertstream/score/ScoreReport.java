package io.alertstream.score;

import io.alertstream.journal.FaultKind;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports scores: a line for each visit, one for the faults that were injected, and the verdict. */
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
        scores.visits().forEach((number, visit) -> {
            String name = number == Scores.NO_VISIT ? "alerts whose ids name no visit" : "visit " + number;
            (visit.isClean() ? log.atInfo() : log.atWarn())
                    .addKeyValue("role", "score")
                    .log("{}: {}", name, visit);
        });
        faults();
        String verdict = verdict(scores);
        if (scores.visits().values().stream().noneMatch(visit -> visit.publishedAlerts() > 0)) {
            throw new ScoreException("no alert was published: " + verdict);
        }
        if (!scores.isClean()) {
            throw new ScoreException("the broker made mistakes: " + verdict);
        }
        log.atInfo().addKeyValue("role", "score").log("the broker made no mistake: {}", verdict);
    }

    private void faults() {
        Map<FaultKind, Long> counts = new TreeMap<>(scoring.announced().counts());
        String injected = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().text())
                .collect(Collectors.joining(", "));
        log.atInfo()
                .addKeyValue("role", "score")
                .log("faults in the journal: {}", injected.isEmpty() ? "none" : injected);
        long absent = scoring.announced().brokenLeft()
                + scoring.announced().wholeLeft(scoring.scores().table());
        if (absent > 0) {
            log.atWarn()
                    .addKeyValue("role", "score")
                    .log(
                            "{} of them aren't in the topics: the replayer ended before it published them, or retention deleted them",
                            absent);
        }
        if (scoring.unannounced() > 0) {
            log.atWarn()
                    .addKeyValue("role", "score")
                    .log(
                            "{} messages that the journal doesn't mention aren't alerts, or repeat alerts",
                            scoring.unannounced());
        }
    }

    private static String verdict(Scores scores) {
        long published = 0;
        long delivered = 0;
        Map<VisitScore.Problem, Long> problems = new TreeMap<>();
        for (VisitScore visit : scores.visits().values()) {
            published += visit.publishedAlerts();
            delivered += visit.deliveredAlerts();
            for (VisitScore.Problem problem : VisitScore.Problem.values()) {
                problems.merge(problem, visit.count(problem), Long::sum);
            }
        }
        String found = problems.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().text())
                .collect(Collectors.joining(", "));
        String text = "%d visits, %d alerts published, %d delivered, %s"
                .formatted(scores.visits().size(), published, delivered, found);
        if (scores.unreadableOutput() > 0) {
            text += ", %d without an id in the broker's output".formatted(scores.unreadableOutput());
        }
        if (scores.ofOtherVisits() > 0) {
            text += "; %d deliveries of visits that aren't scored".formatted(scores.ofOtherVisits());
        }
        return text;
    }
}
