package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.WireFormat;
import io.alertstream.kafka.TopicState;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each role is a process of its own. */
@KafkaTest
@ExtendWith(VertxExtension.class)
class ProcessesIT extends RoleProcesses {

    private static final int ALERTS = 60;

    @BeforeEach
    void stores() throws IOException {
        Files.createDirectories(directory.resolve("alerts"));
        Files.createDirectories(directory.resolve("schemas"));
        settings.put("ALERT_STORE", "file:alerts");
        settings.put("SCHEMA_STORE", "file:schemas");
        settings.put("SAMPLE_ALERTS", Integer.toString(ALERTS));
    }

    @Test
    void anAlertPassesFromFileToCurl() throws Exception {
        Path file = directory.resolve("visit.avro");
        try (JarProcess sample =
                JarProcess.start(directory, Map.of("SAMPLE_ALERTS", "20"), "--write-sample", file.toString())) {
            assertThat(sample.exitStatus(LIMIT)).as(sample.output()).isZero();
        }
        settings.put("ALERTS_FILE", file.toString());
        done("schema-sync");
        done("loader");
        try (JarProcess replayer = start("replayer");
                JarProcess ingester = start("ingester");
                JarProcess server = start("server")) {
            replayer.await("visit 1: replayed 20 alerts", LIMIT);
            awaitArchived();
            done("audit");

            byte[] object = fetch(server, anId()).body();

            assertThat(WireFormat.schemaId(object)).isEqualTo(1101);
            for (JarProcess process : List.of(replayer, ingester, server)) {
                assertThat(process.terminate().exitStatus(Duration.ofSeconds(20)))
                        .as(process.output())
                        .isZero();
            }
        }
    }

    @Test
    void nothingIsLostWhenProcessesAreKilled(TestKafka kafka) throws Exception {
        done("schema-sync,loader");
        for (int killed = 0; killed < 3; killed++) {
            try (JarProcess replayer = start("replayer");
                    JarProcess ingester = start("ingester")) {
                replayer.await("visit 1: replayed " + ALERTS, LIMIT);
                // Both are killed in the middle of the second visit, whatever they are doing.
                ingester.await("partitions assigned|archiving", LIMIT);
                ingester.kill();
                replayer.kill();
            }
            kafka.forgetMembers(settings.get("INGEST_GROUP"));
        }
        try (JarProcess ingester = start("ingester")) {
            ingester.await("partitions assigned", LIMIT);
            awaitArchived();
            done("audit");
        }
    }

    @Test
    void aFileThatIsntAVisitLeavesTheStaticTopicUnchanged() throws Exception {
        done("schema-sync,loader");
        for (String trouble : List.of("text", "nothing", "cut", "directory")) {
            settings.put("ALERTS_FILE", unusable(trouble).toString());
            try (JarProcess loader = start("loader")) {
                assertThat(loader.exitStatus(LIMIT)).as(loader.output()).isEqualTo(2);
                assertThat(loader.output()).contains("ALERTS_FILE").doesNotContain("Exception");
            }
            assertThat(await(topics.state(settings.get("STATIC_TOPIC")))
                            .orElseThrow()
                            .messages())
                    .as(trouble)
                    .isEqualTo(ALERTS);
        }
    }

    @Test
    void anInterruptedJobFails() throws Exception {
        done("schema-sync");
        settings.put("SAMPLE_ALERTS", "20000");
        try (JarProcess loader = start("loader")) {
            loader.await("loading 20000 alerts", LIMIT);
            assertThat(loader.terminate().exitStatus(LIMIT)).isEqualTo(1);
            assertThat(loader.output())
                    .contains("the load was interrupted", "before the job was done")
                    .doesNotContain("RejectedExecution");
        }
    }

    @Test
    void aLoaderInterruptedBeforeLoadingLeavesTheStaticTopicUnchanged() throws Exception {
        done("schema-sync,loader");
        TopicState before = await(topics.state(settings.get("STATIC_TOPIC"))).orElseThrow();
        try (ServerSocket silentRegistry = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            settings.put("SCHEMA_REGISTRY_URL", "http://127.0.0.1:" + silentRegistry.getLocalPort());
            try (JarProcess loader = start("loader")) {
                silentRegistry.accept();
                assertThat(loader.terminate().exitStatus(LIMIT))
                        .as(loader.output())
                        .isEqualTo(1);
                assertThat(loader.output())
                        .contains(
                                "the load was interrupted", "topic " + settings.get("STATIC_TOPIC") + " is as it was");
            }
        }
        assertThat(await(topics.state(settings.get("STATIC_TOPIC")))).contains(before);
    }

    private Path unusable(String trouble) throws Exception {
        Path file = directory.resolve(trouble + ".avro");
        switch (trouble) {
            case "text" -> Files.writeString(file, "these are not the alerts you are looking for");
            case "nothing" -> Files.createFile(file);
            case "directory" -> Files.createDirectory(file);
            default -> {
                Path whole = directory.resolve("whole.avro");
                try (JarProcess sample = JarProcess.start(
                        directory, Map.of("SAMPLE_ALERTS", "20"), "--write-sample", whole.toString())) {
                    assertThat(sample.exitStatus(LIMIT)).isZero();
                }
                byte[] bytes = Files.readAllBytes(whole);
                Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
            }
        }
        return file;
    }

    private String anId() throws Exception {
        try (Stream<Path> objects = Files.walk(directory.resolve("alerts"))) {
            return objects.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".avro.gz"))
                    .findAny()
                    .orElseThrow()
                    .replace(".avro.gz", "");
        }
    }
}
