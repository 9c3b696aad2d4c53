package io.alertstream.avro.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertProfileTest {

    @TempDir
    private Path directory;

    @Test
    void bundledProfilesHaveNames() {
        for (String name : AlertProfile.BUNDLED) {
            assertThat(AlertProfile.named(name)).isEqualTo(AlertProfile.bundled(name));
        }
        assertThat(AlertProfile.lsst()).isEqualTo(AlertProfile.bundled("lsst"));
    }

    @Test
    void aFileMayOmitWhatASurveyLacks() throws IOException {
        AlertProfile profile = profile("{\"id\": [\"packet.number\"]}");
        assertThat(profile.id()).containsExactly("packet.number");
        assertThat(profile.time().fields()).isEmpty();
        assertThat(profile.cutouts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"id\": []}",
                "{\"id\": [\".\"]}",
                "{\"id\": [\"a\"], \"cutouts\": {\"sky\": \"x\"}}",
                "{\"id\": [\"a\"], \"time\": {\"fields\": [\"t\"], \"scale\": \"SIDEREAL\"}}",
                "{\"id\": [\"a\"], \"postion\": {}}"
            })
    void anInvalidProfileIsRefused(String json) {
        assertThatThrownBy(() -> profile(json)).isInstanceOf(InvalidProfileException.class);
    }

    @Test
    void aMissingProfileIsRefused() {
        assertThatThrownBy(() -> AlertProfile.named("sdss"))
                .isInstanceOf(InvalidProfileException.class)
                .hasMessageContaining("sdss");
    }

    @Test
    void anotherFieldCanHoldTheId() {
        assertThat(AlertProfile.lsst().withId("candid").id()).isEqualTo(List.of("candid"));
        assertThat(AlertProfile.lsst().withId("candid").sources())
                .isEqualTo(AlertProfile.lsst().sources());
    }

    @Test
    void daysAreCountedInTai() {
        assertThat(TimeScale.MJD_TAI.mjdTai(61_000.25)).isEqualTo(61_000.25);
        assertThat(TimeScale.MJD_UTC.mjdTai(61_000.25)).isEqualTo(61_000.25 + 37 / 86_400.0);
        assertThat(TimeScale.JD_UTC.mjdTai(2_461_000.75)).isEqualTo(61_000.25 + 37 / 86_400.0);
    }

    private AlertProfile profile(String json) throws IOException {
        return AlertProfile.named(
                Files.writeString(directory.resolve("profile.json"), json).toString());
    }
}
