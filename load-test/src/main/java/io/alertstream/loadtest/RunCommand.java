package io.alertstream.loadtest;

import io.alertstream.loadtest.load.Cluster;
import io.alertstream.loadtest.load.Run;
import io.alertstream.loadtest.measure.Environment;
import io.alertstream.loadtest.measure.Processes;
import io.alertstream.loadtest.report.Figure;
import io.alertstream.loadtest.report.Report;
import io.alertstream.loadtest.target.Targets;
import io.alertstream.loadtest.workload.Workload;
import io.alertstream.loadtest.workload.Workloads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "run", description = "Runs workloads, one after the other.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "WORKLOAD",
            arity = "1..*",
            description =
                    "A file, or a ready-made one: ordinary-visit, peak, ten-consumers, archive-catch-up, archive-reads,"
                            + " archive-reads-full-speed, archive-reads-decompressed, produce-full-speed.")
    private List<String> names;

    @Option(
            names = "--pid",
            paramLabel = "NAME=PID",
            description = "A process on this machine whose CPU seconds and memory are reported; may be repeated.")
    private Map<String, Long> pids = Map.of();

    @Option(names = "--baseline", description = "Measure the baselines first, and report the fraction reached.")
    private boolean baseline;

    @Option(
            names = "--create-topic",
            paramLabel = "PARTITIONS",
            defaultValue = "0",
            description = "Create the topic if it doesn't exist.")
    private int partitions;

    @Mixin
    private BaselineOptions baselines;

    @Mixin
    private Reporting reporting;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<Workload> workloads = names.stream().map(Workloads::find).toList();
        Targets targets = Targets.read(System.getenv());
        Processes processes = new Processes(pids);
        Map<String, String> texts = new LinkedHashMap<>();
        workloads.forEach(workload -> texts.put(workload.name(), workload.toString()));
        Report report = reporting.begin(targets, texts);
        try (Cluster cluster = new Cluster(targets.kafka())) {
            if (partitions > 0) {
                cluster.create(targets.topic(), partitions);
            }
            if (baseline) {
                report = baselines.execute(report, targets, cluster, workloads, reporting::live);
            }
            for (Workload workload : workloads) {
                report = report.with(workload.name(), run(workload, targets, cluster, processes));
            }
        } finally {
            if (!report.figures().isEmpty()) { // A failure doesn't lose earlier figures.
                reporting.end(report, spec.commandLine().getOut());
            }
        }
        return 0;
    }

    private List<Figure> run(Workload workload, Targets targets, Cluster cluster, Processes processes)
            throws InterruptedException {
        double before = Environment.load();
        List<Figure> figures =
                new ArrayList<>(new Run(workload, targets, cluster, processes, reporting::live).execute());
        figures.add(new Figure("machine.load.before", before, "", Figure.Better.NEITHER));
        figures.add(new Figure("machine.load.after", Environment.load(), "", Figure.Better.NEITHER));
        return figures;
    }
}
