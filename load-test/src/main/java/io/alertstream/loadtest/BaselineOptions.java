package io.alertstream.loadtest;

import io.alertstream.loadtest.baseline.Baselines;
import io.alertstream.loadtest.baseline.Bucket;
import io.alertstream.loadtest.load.Cluster;
import io.alertstream.loadtest.report.Report;
import io.alertstream.loadtest.target.Targets;
import io.alertstream.loadtest.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How baselines are taken: options that two commands share. */
final class BaselineOptions {

    @Option(
            names = "--baseline-records",
            paramLabel = "N",
            converter = PositiveConverter.class,
            defaultValue = "10000",
            description = "Records that Kafka's tools send, besides a warm-up (default: ${DEFAULT-VALUE}).")
    private int records;

    @Option(
            names = "--baseline-time",
            paramLabel = "SECONDS",
            converter = PositiveConverter.class,
            defaultValue = "3",
            description = "Time of each loop (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--baseline-dir",
            paramLabel = "DIR",
            defaultValue = "${sys:java.io.tmpdir}",
            description = "Where objects are stored and read: on the archive's disk (default: ${DEFAULT-VALUE}).")
    private Path directory;

    @Option(
            names = "--baseline-bucket",
            paramLabel = "URL",
            converter = BucketConverter.class,
            description = "Store objects in this bucket too, and count it as the archive's: " + Bucket.FORMS
                    + " (signed with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, if they are set).")
    private Bucket bucket;

    // A value that can't be converted is a command-line error, with exit status 2.

    static final class PositiveConverter implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            try {
                int number = Integer.parseInt(text);
                if (number > 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // reported below, like any other invalid value
            }
            throw new TypeConversionException("expected a number of at least 1, got " + text);
        }
    }

    static final class BucketConverter implements ITypeConverter<Bucket> {

        @Override
        public Bucket convert(String url) {
            try {
                return Bucket.of(url, System.getenv());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /**
     * Measures the baselines, with packets and producer of the first workload that has any; returns the report with
     * them.
     */
    Report execute(Report report, Targets targets, Cluster cluster, List<Workload> workloads, Consumer<String> live)
            throws InterruptedException, IOException {
        Baselines.Settings settings = new Baselines.Settings(
                records,
                Duration.ofSeconds(seconds),
                directory,
                Optional.ofNullable(bucket),
                workloads.stream()
                        .flatMap(workload -> workload.produce().stream())
                        .findFirst());
        return report.withSettings(settings.shown())
                .with("baseline", new Baselines(targets, cluster, settings, live).execute());
    }
}
