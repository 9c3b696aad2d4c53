package io.alertstream.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules and dashboard query metrics that the program has, and each alert has a runbook. */
class MonitoringTest {

    private static final Path MONITORING = Overlays.HOME.resolve("components/monitoring");
    private static final Path PROGRAM = Overlays.HOME.resolve("../verticles/src/main/java/io/alertstream");
    private static final Pattern METRIC = Pattern.compile("alertstream_([a-z]+)_[a-z_]+");
    private static final Pattern NAME = Pattern.compile("\"(?:alertstream\\.[a-z]+\\.)?([a-z]+(?:\\.[a-z]+)*)\"");
    /** What Prometheus' registry appends: the unit, and the parts of a timer. */
    private static final Pattern ENDING =
            Pattern.compile("(_(seconds|bytes|messages))?(_(total|count|sum|max|bucket))?$");

    @Test
    void metricsOfRulesExist() throws IOException {
        String rules = Files.readString(MONITORING.resolve("rules-stream.yaml"))
                + Files.readString(MONITORING.resolveSibling("monitoring-simulator/rules-simulator.yaml"));
        assertThat(metrics(rules)).hasSizeGreaterThan(5);
        assertThat(unknown(rules)).isEmpty();
    }

    @Test
    void metricsOfTheDashboardExist() throws IOException {
        String dashboard = Files.readString(MONITORING.resolve("dashboard.json"));
        assertThat(new JsonMapper().readTree(dashboard).path("panels").size()).isGreaterThan(10);
        assertThat(unknown(dashboard)).isEmpty();
    }

    @Test
    void unknownMetricIsDetected() {
        assertThat(unknown("rate(alertstream_server_requestz_seconds_count[5m])"))
                .containsExactly("alertstream_server_requestz_seconds_count");
    }

    @Test
    void aFailedJobIsThereUntilItsAlertHasBeenRead() throws IOException {
        JsonNode alert = null;
        for (JsonNode group : StrictReader.documents(Files.readString(MONITORING.resolve("rules-stream.yaml")))
                .get(0)
                .at("/spec/groups")) {
            for (JsonNode rule : group.path("rules")) {
                alert = rule.path("alert").asText().equals("AlertstreamJobFailed") ? rule : alert;
            }
        }
        assertThat(alert).isNotNull();
        Duration pending = Duration.parse("PT" + alert.path("for").asText("0m").toUpperCase(Locale.ROOT));
        for (String overlay : Overlays.ALL) {
            for (Job job : Overlays.render(overlay).all(Job.class)) {
                String name = job.getMetadata().getName();
                Integer seconds = job.getSpec().getTtlSecondsAfterFinished();
                assertThat(seconds == null ? Duration.ofDays(365) : Duration.ofSeconds(seconds))
                        .as("how long %s of %s stays after it failed", name, overlay)
                        .isGreaterThanOrEqualTo(pending.plus(Duration.ofHours(12)));
            }
        }
    }

    @Test
    void everyAlertHasARunbook() throws IOException {
        String readme = Files.readString(Overlays.HOME.resolve("README.md"));
        List<String> headings = readme.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceAll("^#+ ", "").toLowerCase(Locale.ROOT))
                .toList();
        List<String> alerts = new ArrayList<>();
        for (String file :
                List.of("rules-stream.yaml", "rules-kafka.yaml", "../monitoring-simulator/rules-simulator.yaml")) {
            StrictReader.documents(Files.readString(MONITORING.resolve(file))).forEach(rule -> rule.at("/spec/groups")
                    .forEach(group -> group.path("rules").forEach(each -> {
                        String alert = each.path("alert").asText();
                        alerts.add(alert.toLowerCase(Locale.ROOT));
                        assertThat(each.at("/annotations/runbook").asText())
                                .as(alert)
                                .isEqualTo("k8s/README.md#" + alert.toLowerCase(Locale.ROOT));
                    })));
        }
        assertThat(alerts).isNotEmpty();
        assertThat(headings).containsAll(alerts);
    }

    private static Set<String> metrics(String text) {
        Set<String> metrics = new TreeSet<>();
        Matcher matcher = METRIC.matcher(text);
        while (matcher.find()) {
            metrics.add(matcher.group());
        }
        return metrics;
    }

    /** The metrics in a text whose names don't occur as strings in the role's sources. */
    private static List<String> unknown(String text) {
        return metrics(text).stream()
                .filter(metric -> {
                    String[] parts = metric.split("_", 3);
                    String name = ENDING.matcher(parts[2]).replaceFirst("");
                    Set<String> known = names(PROGRAM.resolve(parts[1]));
                    return !known.contains(name) && !known.contains(parts[2]);
                })
                .toList();
    }

    private static Set<String> names(Path room) {
        Set<String> names = new TreeSet<>();
        assumeTrue(Files.isDirectory(room), "NOT TESTED: there is no " + room);
        try (var files = Files.walk(room)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                Matcher matcher = NAME.matcher(Files.readString(file));
                while (matcher.find()) {
                    names.add(matcher.group(1).replace('.', '_'));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
