package io.alertstream.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Report;
import io.alertstream.loadtest.target.Targets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportingTest {

    private static final Targets TARGETS = Targets.read(Map.of());

    @TempDir
    Path temp;

    @Test
    void anUnwritableFileIsReportedAtOnce() {
        for (Path file : List.of(temp, temp.resolve("absent/report.json"))) {
            Reporting reporting = reporting(file.toString());
            assertThatThrownBy(() -> reporting.begin(TARGETS, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("--json", file.toString());
        }
    }

    @Test
    void tableAndFileHaveTheSameContent() {
        Path file = temp.resolve("report.json");
        Reporting reporting = reporting(file.toString());
        Report report = begun(reporting);
        assertThat(file).doesNotExist();
        assertThat(ended(reporting, report)).contains("visit/read.rate  1,234", "environment");
        assertThat(Report.read(file)).isEqualTo(report);
    }

    @Test
    void standardOutputHasOnlyTheReport() throws IOException {
        Reporting reporting = reporting("-");
        Report report = begun(reporting);
        Path file = Files.writeString(temp.resolve("report.json"), ended(reporting, report));
        assertThat(Report.read(file)).isEqualTo(report);
    }

    private static Reporting reporting(String json) {
        return CommandLine.populateCommand(new Reporting(), "--json", json);
    }

    private static Report begun(Reporting reporting) {
        return reporting
                .begin(TARGETS, Map.of())
                .with("visit", List.of(new Figure("read.rate", 1234, "alerts/s", Figure.Better.HIGHER)));
    }

    private static String ended(Reporting reporting, Report report) {
        StringWriter out = new StringWriter();
        reporting.end(report, new PrintWriter(out));
        return out.toString();
    }
}
