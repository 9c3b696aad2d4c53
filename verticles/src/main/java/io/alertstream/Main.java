package io.alertstream;

import io.alertstream.ops.LogFormat;
import io.alertstream.ops.Logging;
import io.alertstream.ops.Metrics;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.InvalidSettingsException.Problem;
import io.alertstream.settings.LogLevel;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: its arguments and exit status. */
public final class Main {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int UNUSABLE = 2;

    private static final Set<String> HELP = Set.of("--help", "-h");

    private Main() {}

    public static void main(String... args) throws InterruptedException {
        // Programs read the output too: digits, letters and decimal points don't depend on the machine.
        Locale.setDefault(Locale.ROOT);
        UnsafeWarnings.silence();
        // Used until the settings are read.
        Logging.configure(LogLevel.INFO, LogFormat.TEXT, "");
        String command = args.length == 0 ? "" : args[0];
        int status;
        if (command.isEmpty()) {
            status = runRoles();
        } else if (HELP.contains(command) && args.length == 1) {
            status = print(Help.text());
        } else if (command.equals("--version") && args.length == 1) {
            status = print(Build.ofThisJar() + "\n");
        } else if (command.equals("--write-sample") && args.length == 2) {
            status = writeSample(args[1]);
        } else if (command.equals("--write-sample")) {
            System.err.println("--write-sample expects one argument, the file to write: --write-sample sample.avro");
            status = UNUSABLE;
        } else {
            System.err.println("unknown arguments: " + String.join(" ", args) + "; --help lists what there is");
            status = UNUSABLE;
        }
        System.exit(status);
    }

    private static int print(String text) {
        System.out.print(text);
        return DONE;
    }

    private static int writeSample(String file) {
        try {
            return print(SampleFile.write(file, System.getenv()) + "\n");
        } catch (InvalidSettingsException e) {
            return refuse(e);
        } catch (IOException | InvalidPathException e) {
            System.err.println(file + " can't be written: " + e);
            return FAILED;
        }
    }

    private static int runRoles() throws InterruptedException {
        CompletableFuture<Void> stopAsked = new CompletableFuture<>();
        Signals.onFirst(() -> stopAsked.complete(null));
        PrometheusMeterRegistry meters = Metrics.create();
        Vertx vertx = Vertx.builder()
                .with(new VertxOptions().setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true)))
                .withMetrics(new MicrometerMetricsFactory(meters))
                .build();
        UnhandledFailures.handle(vertx);
        Alertstream process = new Alertstream(vertx, System.getenv(), meters);
        Future<Void> ended = process.run();
        var unused = stopAsked.thenRun(process::requestStop);
        int status = status(ended.toCompletionStage().toCompletableFuture());
        closeWithin(vertx, Duration.ofSeconds(2));
        return status;
    }

    private static int status(CompletableFuture<Void> ended) throws InterruptedException {
        try {
            ended.get();
            return DONE;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidSettingsException invalid) {
                return refuse(invalid);
            }
            if (e.getCause() instanceof VirtualMachineError error) {
                UnhandledFailures.end(error);
            }
            Logger log = LoggerFactory.getLogger(Main.class);
            log.error("{}", Failure.message(e.getCause()));
            log.debug("failed", e.getCause());
            return FAILED;
        }
    }

    private static int refuse(InvalidSettingsException e) {
        System.err.println("These settings can't be used:");
        for (Problem problem : e.problems()) {
            System.err.println("  " + problem);
        }
        return UNUSABLE;
    }

    private static void closeWithin(Vertx vertx, Duration limit) throws InterruptedException {
        UnhandledFailures.vertxCloses();
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LoggerFactory.getLogger(Main.class).debug("closing Vert.x failed", e);
        }
    }
}
