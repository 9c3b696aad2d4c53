package io.alertstream.loadtest.baseline;

import io.alertstream.loadtest.load.LoadTestException;
import io.alertstream.loadtest.target.KafkaAccess;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kafka's own producer and consumer performance tools, each in its own process, as an operator would start them. */
final class KafkaTools {

    private static final String PACKAGE = "org.apache.kafka.tools.";
    /** Matches a summary, not a progress line. */
    private static final Pattern PRODUCED = Pattern.compile("records sent, ([\\d.]+) records/sec.* 99\\.9th");

    /** Sent before those that count, until the tool's JVM has warmed up. */
    private static final long WARM_UP_RECORDS = 2000;

    private static final long TIMEOUT_SECONDS = 300;

    private final KafkaAccess access;

    KafkaTools(KafkaAccess access) {
        this.access = access;
    }

    /**
     * Records a second, the better of two rates: that of the whole run, including the JVM's warm-up, and that after the
     * warm-up, which doesn't count records sent before its end and acknowledged after it.
     */
    CompletableFuture<Double> produce(String topic, long records, int recordBytes, Map<String, String> settings) {
        return run(
                        "ProducerPerformance",
                        settings,
                        List.of(
                                "--topic", topic,
                                "--num-records", String.valueOf(WARM_UP_RECORDS + records),
                                "--warmup-records", String.valueOf(WARM_UP_RECORDS),
                                "--record-size", String.valueOf(recordBytes),
                                "--throughput", "-1",
                                "--bootstrap-server", access.bootstrapServers()))
                .thenApply(KafkaTools::produced);
    }

    /**
     * Records a second while fetching, excluding the time to join its group.
     *
     * @param records that were produced; those of the warm-up are also consumed
     */
    CompletableFuture<Double> consume(String topic, String group, long records) {
        return run(
                        "ConsumerPerformance",
                        Map.of("send.buffer.bytes", "-1"),
                        List.of(
                                "--topic",
                                topic,
                                "--group",
                                group,
                                "--num-records",
                                String.valueOf(WARM_UP_RECORDS + records),
                                "--hide-header",
                                "--timeout",
                                "30000",
                                "--fetch-size",
                                String.valueOf(4 << 20),
                                "--socket-buffer-size",
                                "-1",
                                "--bootstrap-server",
                                access.bootstrapServers()))
                .thenApply(KafkaTools::consumed);
    }

    static double produced(List<String> lines) {
        return lines.stream()
                .map(PRODUCED::matcher)
                .filter(Matcher::find)
                .mapToDouble(matcher -> Double.parseDouble(matcher.group(1)))
                .max()
                .orElseThrow(() -> new LoadTestException("Kafka's producer tool reported no rate: " + lines));
    }

    /** Columns: start, end, MB, MB/s, messages, messages/s, rebalance ms, fetch ms, fetch MB/s, fetch messages/s. */
    static double consumed(List<String> lines) {
        for (String line : lines) {
            String[] columns = line.split(",\\s*", -1);
            if (columns.length == 10) {
                return Double.parseDouble(columns[9].strip());
            }
        }
        throw new LoadTestException("Kafka's consumer tool reported no rate: " + lines);
    }

    private CompletableFuture<List<String>> run(String tool, Map<String, String> settings, List<String> arguments) {
        try {
            Path config = config(settings);
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Duser.language=en", // They then print decimal points, not commas.
                    "-Duser.country=US",
                    "-cp",
                    System.getProperty("java.class.path"),
                    PACKAGE + tool));
            command.addAll(arguments);
            command.addAll(List.of("--command-config", config.toString()));
            Path output = Files.createTempFile("load-test-", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return CompletableFuture.supplyAsync(() -> await(tool, process, output, config), task -> {
                Thread thread = new Thread(task, tool);
                thread.setDaemon(true);
                thread.start();
            });
        } catch (IOException e) {
            throw new LoadTestException("Kafka's " + tool + " can't be started: " + e.getMessage(), e);
        }
    }

    private static List<String> await(String tool, Process process, Path output, Path config) {
        try {
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new LoadTestException("Kafka's %s didn't end in %d s".formatted(tool, TIMEOUT_SECONDS));
            }
            List<String> lines = Files.readAllLines(output);
            if (process.exitValue() != 0) {
                throw new LoadTestException("Kafka's %s ended with %d: %s".formatted(tool, process.exitValue(), lines));
            }
            return lines;
        } catch (IOException e) {
            throw new LoadTestException("the output of Kafka's " + tool + " can't be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadTestException("interrupted while " + tool + " ran", e);
        } finally {
            process.destroyForcibly();
            delete(output);
            delete(config);
        }
    }

    /** Readable only by its owner, since it may hold a password. */
    private Path config(Map<String, String> settings) throws IOException {
        Path file = Files.createTempFile(
                "load-test-",
                ".properties",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Properties properties = access.with(settings);
        try (Writer out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The system clears its temporary directory.
        }
    }
}
