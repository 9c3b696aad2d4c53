package io.alertstream.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An overlay's own values are written in its environment alone, and everything else follows them. */
class EnvironmentTest {

    @ParameterizedTest
    @ValueSource(strings = {"idfint", "usdf", "production"})
    void everythingFollowsTheEnvironment(String overlay) throws IOException {
        List<String> lines =
                Files.readAllLines(Overlays.HOME
                                .resolve("overlays")
                                .resolve(overlay)
                                .resolve("environment.env"))
                        .stream()
                        .filter(line -> line.matches("[A-Z0-9_]+=.*"))
                        .toList();

        String elsewhere = Overlays.withEnvironment(overlay, text -> changed(lines));

        assertThat(lines).hasSizeGreaterThan(3);
        for (String line : lines) {
            String value = value(line);
            // A shorter one is a word that other fields may have as well.
            // The topic's name is also in its own file and in those of its users; ReferencesAgreement compares them.
            if (value.length() > "cluster-issuer".length() && !line.startsWith("STREAM_TOPIC=")) {
                assertThat(elsewhere.contains(value)).as("left of %s", line).isFalse();
                assertThat(elsewhere.contains(elsewhere(value)))
                        .as("follows %s", line)
                        .isTrue();
            }
        }
    }

    private static String changed(List<String> lines) {
        return String.join(
                "\n",
                lines.stream()
                        .map(line -> line.substring(0, line.indexOf('=') + 1) + elsewhere(value(line)))
                        .toList());
    }

    private static String value(String line) {
        return line.substring(line.indexOf('=') + 1);
    }

    /** Another value of the same kind. */
    private static String elsewhere(String value) {
        return value.replace("example.org", "elsewhere.net")
                .replace("192.0.2.", "198.51.100.")
                .replace(".svc:", ".elsewhere.svc:")
                .replaceAll("^((?:gs|s3)://)?(?=.*[a-z])[a-z0-9-]+$", "$1elsewhere-" + value.length());
    }
}
