package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertstream.local.EmbeddedBrokerAlone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the programs in {@code examples/} against a {@code ROLE=local} process. {@code -Dexamples.python} names a Python
 * with their packages.
 */
@EmbeddedBrokerAlone("ROLE=local starts its own broker")
class ExamplesIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();

    private static final String PACKAGES =
            "needs the packages in examples/requirements.txt: set -Dexamples.python to a Python that has them";

    private static final Map<String, String> LOCAL = Map.of(
            "LOCAL_KAFKA_PORT", "0",
            "LOCAL_KAFKA_SCRAM_PORT", "0",
            "LOCAL_REGISTRY_PORT", "0",
            "HTTP_PORT", "0",
            "OPS_PORT", "0",
            "SAMPLE_ALERTS", "40");

    private final String python = System.getProperty("examples.python", "python3");

    @TempDir
    Path directory;

    @Test
    void theExamplesWork() throws Exception {
        assumeTrue(hasPackages(), PACKAGES);
        Map<String, String> settings = new TreeMap<>(LOCAL);
        settings.put("REPLAY_INTERVAL", "5s");
        try (JarProcess local = JarProcess.start(directory, settings)) {
            String archive =
                    local.await("alert database +(http://[^/]+)", LIMIT).group(1);
            String id = local.await("/v1/alerts/(\\d+)", LIMIT).group(1);

            String followed = run(
                    Map.of(
                            "KAFKA",
                            local.await("(127.0.0.1:\\d+) +SCRAM", LIMIT).group(1),
                            "REGISTRY",
                            local.await("schema registry +(http://[^/]+)", LIMIT)
                                    .group(1)),
                    "follow_stream.py",
                    "5");
            assertThat(followed.lines()).hasSize(5).allMatch(line -> line.contains(" nJy snr="));

            assertThat(run(Map.of("ARCHIVE", archive), "fetch_alert.py", id))
                    .contains("alert " + id)
                    .containsPattern("science: \\d+ x \\d+ pixels");

            assertThat(run(
                            Map.of(
                                    "OPS",
                                    local.await("ops +(http://[^/]+)", LIMIT).group(1)),
                            "check_health.py"))
                    .contains("process: ok", "0 dead letters")
                    .doesNotContain("PROBLEM");
        }
    }

    @Test
    void aBrokerUnderTestIsScored() throws Exception {
        assumeTrue(hasPackages(), PACKAGES);
        Path ids = directory.resolve("ids.txt");
        Map<String, String> settings = new TreeMap<>(LOCAL);
        settings.put("REPLAY_MODE", "fresh");
        settings.put("REPLAY_INTERVAL", "2s");
        settings.put(
                "REPLAY_FAULTS",
                Files.writeString(directory.resolve("faults.yaml"), """
                        seed: 5
                        faults:
                          duplicate: {rate: 0.05}
                          altered: {rate: 0.05}
                          late: {rate: 0.05, delay: 3s}
                          bit-flipped: {rate: 0.1}
                          cut-short: {rate: 0.05}
                          empty: {rate: 0.05}
                          unknown-schema: {rate: 0.05}
                          stopped: {rate: 0.3, delay: 2s}
                        """).toString());
        try (JarProcess local = JarProcess.start(directory, settings)) {
            local.await("visit 5: replayed", LIMIT);
            assertThat(local.terminate().exitStatus(LIMIT)).as(local.output()).isZero();
        }
        settings.put("REPLAY_PAUSED", "true");
        try (JarProcess local = JarProcess.start(directory, settings)) {
            String registry =
                    local.await("schema registry +(http://[^/]+)", LIMIT).group(1);
            run(
                    Map.of(
                            "KAFKA",
                            local.await("(127.0.0.1:\\d+) +SCRAM", LIMIT).group(1),
                            "REGISTRY",
                            registry),
                    "accept_alerts.py",
                    ids.toString(),
                    "20");
            Map<String, String> scoring = Map.of(
                    "ROLE",
                    "score",
                    "OPS_PORT",
                    "0",
                    "KAFKA_BOOTSTRAP_SERVERS",
                    local.await("(127.0.0.1:\\d+) +plaintext", LIMIT).group(1),
                    "SCHEMA_REGISTRY_URL",
                    registry,
                    "SCORE_OUTPUT",
                    "file:" + ids,
                    "SCORE_LATE",
                    "1h");
            try (JarProcess score = JarProcess.start(directory, scoring)) {
                assertThat(score.exitStatus(LIMIT)).as(score.output()).isZero();
                assertThat(score.output()).contains("the broker made no mistake");
            }
            // A broker that loses an alert, and delivers another one twice.
            List<String> lines = Files.readAllLines(ids);
            lines.set(0, lines.get(1));
            Files.write(ids, lines);
            try (JarProcess score = JarProcess.start(directory, scoring)) {
                assertThat(score.exitStatus(LIMIT)).as(score.output()).isEqualTo(1);
                assertThat(score.output()).contains("1 missing, 1 delivered more than once");
            }
        }
    }

    private boolean hasPackages() throws IOException, InterruptedException {
        try (JarProcess imports = JarProcess.run(
                directory, environment(Map.of()), List.of(python, "-c", "import confluent_kafka, fastavro, astropy"))) {
            return imports.exitStatus(LIMIT) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String run(Map<String, String> environment, String program, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(python, EXAMPLES.resolve(program).toString()));
        command.addAll(List.of(arguments));
        try (JarProcess example = JarProcess.run(directory, environment(environment), command)) {
            assertThat(example.exitStatus(LIMIT)).as(example.output()).isZero();
            return example.output();
        }
    }

    private static Map<String, String> environment(Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(more);
        environment.put("PATH", System.getenv("PATH"));
        environment.put("PYTHONIOENCODING", "utf-8");
        return environment;
    }
}
