package io.alertstream.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.loadtest.report.Figure.Better;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    @TempDir
    Path temp;

    @Test
    void figuresAreComparedAsRatios() {
        Report before = report("4", 100, 20);
        Report after = report("8", 150, 30);
        assertThat(new Comparison(before, after).toString().lines().map(line -> line.replaceAll("\\s+", " ")))
                .contains(
                        "figure A B B/A",
                        "visit/produce.rate 100 alerts/s 150 alerts/s 1.50 better",
                        "visit/produce.latency.p99 20 ms 30 ms 1.50 worse",
                        "differs: cores: 4 | 8")
                .noneMatch(line -> line.startsWith("differs: topic"));
    }

    @Test
    void aFigureOfOneReportHasNoRatio() {
        Report before = report("4", 100, 20);
        Report after = before.with("other", List.of(new Figure("read.rate", 5, "alerts/s", Better.HIGHER)));
        assertThat(new Comparison(before, after).toString().lines().map(line -> line.replaceAll("\\s+", " ")))
                .contains("other/read.rate - 5 alerts/s -");
    }

    @Test
    void aReportIsReadAsItWasWritten() {
        Report report = report("4", 100.25, 20);
        Path file = temp.resolve("report.json");
        report.writeTo(file);
        assertThat(Report.read(file)).isEqualTo(report);
    }

    @Test
    void aMissingReportIsDistinguishedFromABrokenOne() throws IOException {
        assertThatThrownBy(() -> Report.read(temp.resolve("absent.json")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("there is no report", "absent.json");
        for (String broken : List.of("", "{\"startedAt\": ", "{\"x\": 1}", "[]")) {
            Path file = Files.writeString(temp.resolve("broken.json"), broken);
            assertThatThrownBy(() -> Report.read(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("expected a report of this program in", "broken.json");
        }
    }

    @Test
    void aRepeatedWorkloadGetsANumber() {
        Figure rate = new Figure("read.rate", 5, "alerts/s", Better.HIGHER);
        assertThat(report("4", 100, 20)
                        .with("visit", List.of(rate))
                        .with("visi", List.of(rate))
                        .with("visit", List.of(rate))
                        .figures())
                .extracting(Figure::name)
                .endsWith("visit-2/read.rate", "visi/read.rate", "visit-3/read.rate");
    }

    @Test
    void settingsOfOneReportAreDifferences() {
        Report before = report("4", 100, 20);
        Report after = before.withSettings(Map.of("baseline.codec", "ISA-L"));
        assertThat(new Comparison(before, after).toString()).contains("differs: baseline.codec: - | ISA-L");
        assertThat(new Comparison(after, before).toString()).contains("differs: baseline.codec: ISA-L | -");
    }

    @Test
    void aRateIsComparedWithItsBaseline() {
        Report report = report("4", 100, 20)
                .with("baseline", List.of(new Figure("producer.rate", 125, "alerts/s", Better.HIGHER)));
        assertThat(report.ratios())
                .containsExactly(new Figure("visit/produce.rate : producer.rate", 0.8, "", Better.HIGHER));
    }

    @Test
    void onlyASingleGroupIsComparedWithOneConsumer() {
        Report report = report("4", 100, 20)
                .with("baseline", List.of(new Figure("consumer.rate", 200, "alerts/s", Better.HIGHER)))
                .with("one", consumed(1))
                .with("two", consumed(2));
        assertThat(report.ratios()).extracting(Figure::name).containsExactly("one/consume.rate : consumer.rate");
    }

    private static List<Figure> consumed(int groups) {
        return List.of(
                new Figure("consume.rate", 100, "alerts/s", Better.HIGHER),
                new Figure("consume.groups", groups, "", Better.NEITHER));
    }

    private static Report report(String cores, double rate, double p99) {
        return new Report(
                        "2026-11-22T16:00:00Z",
                        Map.of("cores", cores),
                        Map.of("topic", "alerts"),
                        Map.of("visit", "as planned"),
                        List.of())
                .with(
                        "visit",
                        List.of(
                                new Figure("produce.rate", rate, "alerts/s", Better.HIGHER),
                                new Figure("produce.latency.p99", p99, "ms", Better.LOWER)));
    }
}
