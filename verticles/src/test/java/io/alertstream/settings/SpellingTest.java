package io.alertstream.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.AllSettings;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

    private static final Spelling SPELLING = new Spelling(AllSettings.CATALOG);

    @ParameterizedTest
    @CsvSource({
        "REPLAY_INTERVALL, REPLAY_INTERVAL",
        "REPLAY_INTERVAL_S, REPLAY_INTERVAL",
        "HTTP_PROT, HTTP_PORT",
        "http-port, HTTP_PORT",
        "ALERT_FILE, ALERTS_FILE",
        "ROLES, ROLE",
        "KAFKA_BOOTSTRAP_SERVER, KAFKA_BOOTSTRAP_SERVERS",
    })
    void namesWithinTwoLettersAreSuggested(String written, String meant) {
        assertThat(SPELLING.meant(written)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HOME", "PATH", "SHELL", "HTTP_PROXY", "KAFKA_HOME", "JAVA_HOME", "HOSTNAME", "OLDPWD"})
    void usualEnvironmentVariablesAreNotMistakes(String name) {
        assertThat(SPELLING.meant(name)).isEmpty();
    }

    @Test
    void aSettingsNameIsNotAMistake() {
        assertThat(SPELLING.mistakes(new SettingValues("environment", Map.of("ROLE", "server", "ROEL", "server"))))
                .containsExactly(Map.entry("ROEL", "ROLE"));
    }

    @Test
    void anyTwoTyposInALongNameAreFound() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (String name : AllSettings.CATALOG.names()) {
            if (name.length() >= 8) {
                String written = slip(slip(name, random), random);
                assertThat(Spelling.distance(written, name))
                        .as("%s for %s, seed %d", written, name, seed)
                        .isLessThanOrEqualTo(2);
                assertThat(SPELLING.meant(written))
                        .as("%s for %s, seed %d", written, name, seed)
                        .isPresent();
            }
        }
    }

    private static String slip(String name, Random random) {
        int at = random.nextInt(name.length());
        String letter = String.valueOf((char) ('A' + random.nextInt(26)));
        return switch (random.nextInt(3)) {
            case 0 -> name.substring(0, at) + name.substring(at + 1);
            case 1 -> name.substring(0, at) + letter + name.substring(at);
            default -> name.substring(0, at) + letter + name.substring(at + 1);
        };
    }
}
