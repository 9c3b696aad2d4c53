package io.alertstream.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.avro.SchemaVersion;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.avro.sample.SampleHistory;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.registry.SchemaIdSource;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoaderSettingsTest {

    @TempDir
    private Path directory;

    private static LoaderSettings read(Map<String, String> values) {
        return SettingsReader.read(List.of(new SettingValues("test", values)), LoaderSettings::read);
    }

    @Test
    void defaults() {
        LoaderSettings settings = read(Map.of());

        assertThat(settings)
                .isEqualTo(new LoaderSettings(
                        settings.kafka(),
                        settings.registry(),
                        "alerts-static",
                        Optional.empty(),
                        AlertProfile.lsst(),
                        settings.sample(),
                        Optional.empty(),
                        new AlertsSchema.Latest(),
                        new SchemaIdSource.OfVersion(),
                        Optional.empty(),
                        "alert-packet",
                        Optional.empty()));
        assertThat(settings.sample()).usingRecursiveComparison().isEqualTo(SampleVisit.of(1000));
    }

    @Test
    void everySetting() throws IOException {
        Path file = Files.createFile(directory.resolve("visit.avro"));
        LoaderSettings settings = read(Map.ofEntries(
                Map.entry("KAFKA_BOOTSTRAP_SERVERS", "kafka:9093"),
                Map.entry("SCHEMA_REGISTRY_URL", "http://registry:8081"),
                Map.entry("STATIC_TOPIC", "visit"),
                Map.entry("ALERTS_FILE", file.toString()),
                Map.entry("ALERT_PROFILE", "ztf"),
                Map.entry("ALERT_ID_FIELD", "objectNumber"),
                Map.entry("SAMPLE_ALERTS", "5"),
                Map.entry("SAMPLE_HISTORY", "mature"),
                Map.entry("SAMPLE_SURVEY_NIGHT", "4"),
                Map.entry("ALERTS_SCHEMA", "9.0"),
                Map.entry("SCHEMA_ID", "77"),
                Map.entry("SCHEMA_DIR", directory.toString()),
                Map.entry("SCHEMA_SUBJECT", "alerts"),
                Map.entry("VISIT_SPREAD", "3s")));

        assertThat(settings)
                .isEqualTo(new LoaderSettings(
                        settings.kafka(),
                        settings.registry(),
                        "visit",
                        Optional.of(file),
                        AlertProfile.bundled("ztf").withId("objectNumber"),
                        settings.sample(),
                        Optional.empty(),
                        new AlertsSchema.Version(new SchemaVersion(9, 0)),
                        new SchemaIdSource.Fixed(77),
                        Optional.of(directory),
                        "alerts",
                        Optional.of(Duration.ofSeconds(3))));
        assertThat(settings.sample())
                .usingRecursiveComparison()
                .isEqualTo(SampleVisit.of(5).with(SampleHistory.MATURE).numbered(3L * SampleVisit.VISITS_A_NIGHT));
        assertThat(settings.kafka().bootstrapServers()).isEqualTo("kafka:9093");
        assertThat(settings.registry().url()).hasToString("http://registry:8081");
    }

    @Test
    void aNightIsManyVisitsAndTakesTheirBytes() {
        LoaderSettings night = read(Map.of("SAMPLE_NIGHT", "100", "SAMPLE_ALERTS", "10"));
        LoaderSettings visit = read(Map.of("SAMPLE_ALERTS", "10"));

        assertThat(night.sampleNight().orElseThrow().visits()).hasSize(100);
        assertThat(night.source()).isEqualTo("a sample night of 100 visits");
        long bytes = visit.sampleSize().orElseThrow().bytes();
        assertThat(bytes).isEqualTo(visit.sampleSize().orElseThrow().largestVisitBytes());
        assertThat(night.sampleSize().orElseThrow().bytes()).isBetween(100 * bytes, 130 * bytes);
        assertThat(night.sampleSize().orElseThrow().largestVisitBytes()).isEqualTo(4 * bytes);
        assertThat(night.sampleNight().orElseThrow().check().bytes())
                .isEqualTo(night.sampleSize().orElseThrow().bytes());
    }

    @Test
    void aFileExcludesASampleNight() throws IOException {
        Path file = Files.createFile(directory.resolve("visit.avro"));
        assertThat(read(Map.of("ALERTS_FILE", file.toString())).sampleSize()).isEmpty();
        assertThatThrownBy(() -> read(Map.of("ALERTS_FILE", file.toString(), "SAMPLE_NIGHT", "2")))
                .hasMessageContaining("SAMPLE_NIGHT = \"2\" (test): expected nothing, unless ALERTS_FILE is empty");
    }

    @Test
    void refusesEverythingUnusableAtOnce() {
        assertThatThrownBy(() -> read(Map.of(
                        "SAMPLE_ALERTS", "0",
                        "SAMPLE_NIGHT", "801",
                        "SAMPLE_SURVEY_NIGHT", "8751",
                        "ALERTS_SCHEMA", "newest",
                        "SCHEMA_ID", "x",
                        "STATIC_TOPIC", "a b",
                        "VISIT_SPREAD", "2h")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContainingAll(
                        "SAMPLE_ALERTS",
                        "SAMPLE_NIGHT",
                        "SAMPLE_SURVEY_NIGHT",
                        "ALERTS_SCHEMA",
                        "SCHEMA_ID",
                        "STATIC_TOPIC")
                .hasMessageContaining("VISIT_SPREAD = \"2h\" (test): expected at most 3600s");
    }
}
