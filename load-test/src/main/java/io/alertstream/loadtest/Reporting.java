package io.alertstream.loadtest;

import io.alertstream.loadtest.measure.Environment;
import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Report;
import io.alertstream.loadtest.report.Table;
import io.alertstream.loadtest.target.Targets;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where results go: options that the commands share. */
final class Reporting {

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Also write the report to this file; -: to standard output, instead of the table.")
    private Path json;

    @Option(names = "--quiet", description = "No live line.")
    private boolean quiet;

    /**
     * A report without results.
     *
     * @throws IllegalArgumentException if it couldn't be written at the end
     */
    Report begin(Targets targets, Map<String, String> workloads) {
        if (json != null && !isToStandardOutput() && !isWritable()) {
            throw new IllegalArgumentException("--json: expected a file that can be written, got " + json);
        }
        return new Report(Instant.now().toString(), Environment.now(), targets.shown(), workloads, List.of());
    }

    private boolean isToStandardOutput() {
        return json != null && json.toString().equals("-");
    }

    private boolean isWritable() {
        if (Files.exists(json)) {
            return !Files.isDirectory(json) && Files.isWritable(json);
        }
        Path directory = json.toAbsolutePath().getParent();
        return Files.isDirectory(directory) && Files.isWritable(directory);
    }

    /** Results of the past second, to standard error. */
    void live(String line) {
        if (!quiet) {
            System.err.println(line);
        }
    }

    void end(Report report, PrintWriter out) {
        if (isToStandardOutput()) {
            out.println(report.json());
            out.flush();
            return;
        }
        Table environment = new Table("environment", "");
        report.environment().forEach(environment::row);
        report.settings().forEach(environment::row);
        out.println(environment);
        out.println(Table.of(report.figures()));
        List<Figure> ratios = report.ratios();
        if (!ratios.isEmpty()) {
            Table table = new Table("of its baseline", "");
            ratios.forEach(ratio -> table.row(ratio.name(), String.format(Locale.ROOT, "%.2f", ratio.value())));
            out.println(table);
        }
        out.flush();
        if (json != null) {
            report.writeTo(json);
        }
    }
}
