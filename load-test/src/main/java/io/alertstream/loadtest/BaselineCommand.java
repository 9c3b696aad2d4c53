package io.alertstream.loadtest;

import io.alertstream.loadtest.load.Cluster;
import io.alertstream.loadtest.report.Report;
import io.alertstream.loadtest.target.Targets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "baseline",
        description = "Measures what machine and cluster achieve without this system's code.",
        mixinStandardHelpOptions = true)
final class BaselineCommand implements Callable<Integer> {

    @Mixin
    private BaselineOptions baselines;

    @Mixin
    private Reporting reporting;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Targets targets = Targets.read(System.getenv());
        Report report = reporting.begin(targets, Map.of());
        try (Cluster cluster = new Cluster(targets.kafka())) {
            report = baselines.execute(report, targets, cluster, List.of(), reporting::live);
        }
        reporting.end(report, spec.commandLine().getOut());
        return 0;
    }
}
