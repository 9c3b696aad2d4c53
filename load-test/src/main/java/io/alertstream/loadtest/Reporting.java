package io.alertstream.loadtest;

import io.alertstream.loadtest.measure.Environment;
import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Report;
import io.alertstream.loadtest.report.Table;
import io.alertstream.loadtest.target.Targets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where results go: options that the commands share. */
final class Reporting {

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the report to this file.")
    private Path json;

    @Option(names = "--quiet", description = "No live line.")
    private boolean quiet;

    Report begin(Targets targets, Map<String, String> workloads) {
        return new Report(Instant.now().toString(), Environment.now(), targets.shown(), workloads, List.of());
    }

    /** Results of the past second, to standard error. */
    void live(String line) {
        if (!quiet) {
            System.err.println(line);
        }
    }

    void end(Report report, PrintWriter out) {
        Table environment = new Table("environment", "");
        report.environment().forEach(environment::row);
        report.settings().forEach(environment::row);
        out.println(environment);
        out.println(Table.of(report.figures()));
        List<Figure> ratios = report.ratios();
        if (!ratios.isEmpty()) {
            Table table = new Table("of its baseline", "");
            ratios.forEach(ratio -> table.row(ratio.name(), "%.2f".formatted(ratio.value())));
            out.println(table);
        }
        out.flush();
        if (json != null) {
            report.writeTo(json);
        }
    }
}
