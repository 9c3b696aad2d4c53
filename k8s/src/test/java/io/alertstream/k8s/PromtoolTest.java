package io.alertstream.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool reads the rules, and evaluates them on the series of the files in {@code rules/}. */
class PromtoolTest {

    private static final Path COMPONENTS = Overlays.HOME.resolve("components");
    private static final Path TESTS = Overlays.HOME.resolve("src/test/resources/rules");
    private static final List<String> RULES = List.of(
            "monitoring/rules-stream.yaml", "monitoring/rules-kafka.yaml", "monitoring-simulator/rules-simulator.yaml");

    @TempDir
    Path directory;

    /** The file that Prometheus' operator makes of a PrometheusRule, which is its spec. */
    @BeforeEach
    void write() throws IOException {
        Overlays.skipUnless(Overlays.onPath("promtool"), "promtool isn't on the PATH: the alerts can't be evaluated");
        YAMLMapper yaml = new YAMLMapper();
        for (String file : RULES) {
            Path rules = COMPONENTS.resolve(file);
            JsonNode rule = StrictReader.documents(Files.readString(rules)).get(0);
            yaml.writeValue(directory.resolve(rules.getFileName()).toFile(), rule.path("spec"));
        }
    }

    @Test
    void prometheusAcceptsTheRules() {
        RULES.forEach(file -> assertThat(
                        run("check", "rules", Path.of(file).getFileName().toString()))
                .contains("SUCCESS"));
    }

    @Test
    void alertsFireWhenTheyShould() throws IOException {
        for (String test : List.of("stream.yaml", "kafka.yaml", "simulator.yaml")) {
            Files.copy(TESTS.resolve(test), directory.resolve(test));
            assertThat(run("test", "rules", test)).contains("SUCCESS");
        }
    }

    private String run(String what, String of, String file) {
        return Overlays.run(
                List.of("promtool", what, of, directory.resolve(file).toString()));
    }
}
