package io.alertstream.ingester;

import static io.alertstream.ingester.Stream.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.ArchiveSettings;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact.AlertsArchived;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.retry.Backoff;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ingester process is killed while it writes a file, after it has stored alerts and set messages aside but before it
 * has committed any of them.
 */
@KafkaTest
class IngesterKillIT {

    private static final String GROUP = "killed";
    private static final int ALERTS = 40;
    private static final Set<String> NO_ALERTS = Set.of("none", "nor this one", "{\"json\": 1}");
    private static final int LARGE_BYTES = 2 << 20;
    private static final int LARGE_ALERTS = 20;
    private static final int MAX_ATTEMPTS = 10;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Stream stream;
    private Admin admin;

    /** An ingester that is killed before its first commit. */
    static final class Victim {

        private Victim() {}

        public static void main(String[] args) throws IOException {
            ArchiveSettings archive = Stream.files(Path.of(args[0]));
            IngesterSettings settings = new IngesterSettings(
                    KafkaSettings.plaintext(args[1]),
                    RegistrySettings.open(URI.create(args[2])),
                    archive,
                    Set.of(args[3]),
                    GROUP,
                    64 << 20,
                    args[4],
                    AlertProfile.lsst());
            Ingester.Pace pace = new Ingester.Pace(Clock.systemUTC(), Duration.ofDays(1), Backoff.DEFAULT);
            Ops ops = new Ops(new Readiness(), new SimpleMeterRegistry(), Throwable::printStackTrace);
            Vertx.vertx()
                    .deployVerticle(
                            new IngesterVerticle(settings, ops, vertx -> AlertArchive.open(vertx, archive), pace))
                    .onFailure(Throwable::printStackTrace);
        }
    }

    @BeforeEach
    void open(TestKafka kafka) throws Exception {
        stream = new Stream(kafka, directory);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterEach
    void close() throws Exception {
        admin.close();
        stream.close();
    }

    @Test
    void killsBeforeTheCommitAndWithinAFileLoseNothing(TestKafka kafka) throws Exception {
        stream.send(alerts(0, ALERTS, 100));
        stream.send(NO_ALERTS.stream().map(text -> text.getBytes(UTF_8)).toList());
        int sent = ALERTS;
        do {
            assertThat(sent).as("alerts before a half-written file").isLessThan(ALERTS + MAX_ATTEMPTS * LARGE_ALERTS);
            Process victim = startVictim();
            try {
                int before = sent;
                until(victim, "what was sent is stored", () -> stored() == before);
                until(victim, "what is no alert is set aside", () -> setAside().containsAll(NO_ALERTS));
                stream.send(alerts(sent, LARGE_ALERTS, LARGE_BYTES));
                sent += LARGE_ALERTS;
                until(victim, "a file is being written", () -> !unfinished().isEmpty());
            } finally {
                victim.destroyForcibly().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            kafka.forgetMembers(GROUP);
        } while (unfinished().isEmpty());
        assertThat(committed()).isEmpty();

        int all = sent;
        Promise<AlertsArchived> whole = Promise.promise();
        Bus.of(stream.vertx).on(AlertsArchived.class, totals -> {
            if (totals.alerts() + totals.duplicates() == all && totals.deadLetters() == NO_ALERTS.size()) {
                whole.tryComplete(totals);
            }
        });
        await(stream.vertx.deployVerticle(
                new IngesterVerticle(stream.settings(GROUP), stream.ops(), vertx -> stream.archive(), Stream.QUICK)));

        assertThat(await(whole.future()).duplicates()).isGreaterThanOrEqualTo(ALERTS);
        assertThat(stored()).isEqualTo(sent);
        assertThat(unfinished()).isEmpty();
        assertThat(setAside()).containsAll(NO_ALERTS);
        await(stream.audit());
    }

    /** Alerts that hardly compress. */
    private static List<byte[]> alerts(int first, int alerts, int bytes) {
        return IntStream.range(first, first + alerts)
                .mapToObj(id -> SmallAlerts.packet(
                        id,
                        new Random(id)
                                .ints(bytes, ' ', '~')
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                .toString()))
                .toList();
    }

    private Process startVictim() throws IOException {
        IngesterSettings settings = stream.settings(GROUP);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        directory.toString(),
                        settings.kafka().bootstrapServers(),
                        settings.registry().url().toString(),
                        stream.topic,
                        stream.deadLetterTopic)
                .inheritIO()
                .start();
    }

    private static void until(Process victim, String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!holds.call()) {
            assertThat(victim.isAlive()).as("the ingester lives until %s", what).isTrue();
            assertThat(System.nanoTime()).as("waited until %s", what).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private Map<?, ?> committed() throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
    }

    private List<String> setAside() throws Exception {
        return stream.deadLetters().stream()
                .map(letter -> new String(letter.value(), UTF_8))
                .toList();
    }

    private long stored() throws IOException {
        return files(directory.resolve("alerts/v2")).size();
    }

    /** Files that are being written and have no name yet. */
    private List<Path> unfinished() throws IOException {
        return files(directory.resolve("alerts/.tmp")).stream()
                .filter(file -> !file.endsWith("lock") && isUnnamed(file))
                .toList();
    }

    private static boolean isUnnamed(Path file) {
        try {
            return Files.getAttribute(file, "unix:nlink").equals(1);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files in a directory, which may come and go during the walk. */
    private static List<Path> files(Path directory) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (var all = Files.newDirectoryStream(directory)) {
                for (Path one : all) {
                    files.addAll(Files.isDirectory(one) ? files(one) : List.of(one));
                }
            } catch (NoSuchFileException e) {
                // It was deleted meanwhile.
            }
        }
        return files;
    }
}
