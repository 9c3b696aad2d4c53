package io.alertstream.loadtest;

import io.alertstream.loadtest.report.Comparison;
import io.alertstream.loadtest.report.Report;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "compare", description = "Shows two reports side by side.", mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "A.json")
    private Path before;

    @Parameters(index = "1", paramLabel = "B.json")
    private Path after;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(new Comparison(Report.read(before), Report.read(after)));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
