package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.alertstream.ingester.IngesterSettings;
import io.alertstream.ingester.SmallAlerts;
import io.alertstream.ingester.Stream;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk fills up in the middle of a visit. It is a real tmpfs of one MiB, mounted in a user namespace, which Linux
 * allows any user unless the distribution forbids it. Ingester and audit run as processes in that namespace.
 */
@KafkaTest
class FullDiskIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final int HALF = 30;

    /** A shell that is root in a user namespace, with private mounts. */
    private static final List<String> SHELL = List.of("unshare", "--user", "--map-root-user", "--mount", "sh");

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private Stream stream;
    private int opsPort;

    @BeforeEach
    void open(TestKafka kafka) throws Exception {
        boolean mounts = canMount();
        if (!mounts) {
            System.err.println("A full disk isn't tested: this user can't mount one in a namespace (Linux, unshare).");
        }
        assumeThat(mounts).as("a disk can be mounted in a namespace").isTrue();
        stream = new Stream(kafka, directory);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            opsPort = free.getLocalPort();
        }
    }

    private boolean canMount() throws InterruptedException {
        try {
            Process shell = new ProcessBuilder(SHELL)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("mount.log").toFile())
                    .start();
            try (var commands = shell.outputWriter()) {
                commands.write("mount -t tmpfs -o size=1m tmpfs .\n");
            }
            return shell.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void close() throws Exception {
        if (stream != null) {
            stream.close();
        }
    }

    @Test
    void aFullDiskIsReportedAndWaitedOutAndNothingIsLost() throws Exception {
        try (JarProcess shell = JarProcess.run(directory, settings(), SHELL)) {
            shell.send("mkdir disk && mount -t tmpfs -o size=1m tmpfs disk && mkdir disk/alerts disk/schemas");
            shell.send("ROLE=ingester " + JarProcess.shellCommand() + " < /dev/null & ingester=$!");
            stream.send(alerts(0));
            await("/metrics", stored(HALF));
            shell.send("cat /dev/zero > disk/ballast");
            stream.send(alerts(HALF));
            await("/ready", "No space left on device; free space on its disk");
            shell.send("rm disk/ballast");
            await("/metrics", stored(2 * HALF));
            await("/ready", "\"ready\" : true");
            shell.send("kill $ingester; wait $ingester && OPS_PORT=0 ROLE=audit exec " + JarProcess.shellCommand());
            assertThat(shell.exitStatus(LIMIT)).as(shell.output()).isZero();
            assertThat(shell.output()).contains("the archive is complete");
        }
    }

    private Map<String, String> settings() {
        IngesterSettings settings = stream.settings("full-disk");
        Map<String, String> environment = new TreeMap<>();
        environment.put("PATH", System.getenv("PATH"));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", settings.kafka().bootstrapServers());
        environment.put("SCHEMA_REGISTRY_URL", settings.registry().url().toString());
        environment.put("INGEST_TOPICS", stream.topic);
        environment.put("INGEST_GROUP", settings.group());
        environment.put("DEAD_LETTER_TOPIC", stream.deadLetterTopic);
        environment.put("ALERT_STORE", "file:disk/alerts");
        environment.put("SCHEMA_STORE", "file:disk/schemas");
        environment.put("OPS_PORT", Integer.toString(opsPort));
        return environment;
    }

    private static List<byte[]> alerts(int first) {
        return IntStream.range(first, first + HALF)
                .mapToObj(id -> SmallAlerts.packet(id, "cutout " + id))
                .toList();
    }

    private static String stored(int alerts) {
        return "alertstream_ingester_alerts_total{result=\"stored\"} " + alerts + ".0";
    }

    /** Waits until the ops port's answer contains the text. */
    private void await(String path, String text) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + opsPort + path))
                .timeout(LIMIT)
                .build();
        long end = System.nanoTime() + LIMIT.toNanos();
        String last;
        do {
            TimeUnit.MILLISECONDS.sleep(50);
            last = answer(request);
            assertThat(System.nanoTime())
                    .as("waited for \"%s\", got %s", text, last)
                    .isLessThan(end);
        } while (!last.contains(text));
    }

    private String answer(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
