package io.alertstream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.AllSettings;
import io.alertstream.archive.ArchiveLayout;
import io.alertstream.audit.AuditFrom;
import io.alertstream.avro.SchemaVersion;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.avro.sample.SampleHistory;
import io.alertstream.kafka.KafkaSecurity;
import io.alertstream.loader.AlertsSchema;
import io.alertstream.ops.LogFormat;
import io.alertstream.registry.SchemaIdSource;
import io.alertstream.replayer.ReplayMode;
import io.alertstream.schemasync.SchemaSync;
import io.alertstream.server.limits.ClientSettings;
import io.alertstream.settings.InvalidSettingsException.Problem;
import io.alertstream.storage.gcs.GcsSettings;
import io.alertstream.storage.s3.S3Checksums;
import io.alertstream.storage.s3.S3Settings;
import io.alertstream.storage.s3.S3WriteOnce;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsReaderTest {

    @Test
    void aMissingFileIsReportedWithTheOtherProblems(@TempDir Path directory) {
        Path missing = directory.resolve("visit.avro");
        SettingsReader in = new SettingsReader(List.of(new SettingValues(
                "environment",
                Map.of("ALERTS_FILE", missing.toString(), "SCHEMA_DIR", missing.toString(), "HTTP_PORT", "x"))));

        in.file(Settings.ALERTS_FILE);
        in.directory(Settings.SCHEMA_DIR);
        in.get(Settings.HTTP_PORT);

        assertThatThrownBy(in::finish)
                .hasMessageContaining("ALERTS_FILE")
                .hasMessageContaining("a readable file; " + missing + " is missing")
                .hasMessageContaining("SCHEMA_DIR")
                .hasMessageContaining("a readable directory; " + missing + " is missing")
                .hasMessageContaining("HTTP_PORT");
    }

    @Test
    void aChecksFindingsAreReportedOnceWithTheOtherProblems() {
        SettingsReader in = new SettingsReader(List.of(new SettingValues("environment", Map.of("HTTP_PORT", "x"))));
        in.get(Settings.HTTP_PORT);

        in.check(() -> {
            throw InvalidSettingsException.of(Settings.ALERTS_FILE, "visit.avro", "a file of alerts");
        });
        in.check(() -> {
            throw InvalidSettingsException.of(Settings.HTTP_PORT, "x", "a port that is free");
        });

        assertThatThrownBy(in::finish)
                .hasMessageContaining("ALERTS_FILE = \"visit.avro\": expected a file of alerts")
                .hasMessageContaining("HTTP_PORT")
                .hasMessageNotContaining("a port that is free");
    }

    @Test
    void filesAndDirectoriesAreDistinguished(@TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("visit.avro"));
        SettingsReader in = new SettingsReader(List.of(new SettingValues(
                "environment", Map.of("ALERTS_FILE", directory.toString(), "SCHEMA_DIR", file.toString()))));

        in.file(Settings.ALERTS_FILE);
        in.directory(Settings.SCHEMA_DIR);

        assertThatThrownBy(in::finish)
                .hasMessageContaining(directory + " is a directory")
                .hasMessageContaining(file + " is a file");
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void everySettingHasTheDocumentedDefault(Setting<?> setting, Object expected) {
        assertThat((Object) new SettingsReader(List.of()).get(setting)).isEqualTo(expected);
    }

    static Stream<Arguments> defaults() {
        return Stream.of(
                Arguments.of(Settings.ROLE, List.of(Role.LOCAL)),
                Arguments.of(Settings.CONFIG_FILE, Optional.empty()),
                Arguments.of(Settings.CONFIG_MAP, Optional.empty()),
                Arguments.of(Settings.LIVE_CONFIG_MAP, Optional.empty()),
                Arguments.of(Settings.KAFKA_BOOTSTRAP_SERVERS, "localhost:9092"),
                Arguments.of(KafkaSecurity.SETTING, KafkaSecurity.PLAINTEXT),
                Arguments.of(Settings.KAFKA_CA_FILE, Optional.empty()),
                Arguments.of(Settings.KAFKA_CERT_FILE, Optional.empty()),
                Arguments.of(Settings.KAFKA_KEY_FILE, Optional.empty()),
                Arguments.of(Settings.KAFKA_USERNAME, Optional.empty()),
                Arguments.of(Settings.KAFKA_PASSWORD, Optional.empty()),
                Arguments.of(Settings.KAFKA_PASSWORD_FILE, Optional.empty()),
                Arguments.of(Settings.SCHEMA_REGISTRY_URL, URI.create("http://localhost:8081")),
                Arguments.of(Settings.SCHEMA_REGISTRY_USERNAME, Optional.empty()),
                Arguments.of(Settings.SCHEMA_REGISTRY_PASSWORD, Optional.empty()),
                Arguments.of(Settings.SCHEMA_REGISTRY_PASSWORD_FILE, Optional.empty()),
                Arguments.of(Settings.SCHEMA_REGISTRY_TOKEN, Optional.empty()),
                Arguments.of(Settings.SCHEMA_REGISTRY_TOKEN_FILE, Optional.empty()),
                Arguments.of(Settings.SCHEMA_DIR, Optional.empty()),
                Arguments.of(Settings.SCHEMA_SUBJECT, "alert-packet"),
                Arguments.of(SchemaSync.SETTING, SchemaSync.LATEST),
                Arguments.of(Settings.ALERTS_FILE, Optional.empty()),
                Arguments.of(AlertsSchema.SETTING, new AlertsSchema.Latest()),
                Arguments.of(SchemaIdSource.SETTING, new SchemaIdSource.OfVersion()),
                Arguments.of(Settings.ALERT_PROFILE, AlertProfile.lsst()),
                Arguments.of(Settings.ALERT_ID_FIELD, Optional.empty()),
                Arguments.of(Settings.SAMPLE_ALERTS, 1000),
                Arguments.of(Settings.SAMPLE_HISTORY, SampleHistory.FIRST_YEAR),
                Arguments.of(Settings.SAMPLE_NIGHT, Optional.empty()),
                Arguments.of(Settings.SAMPLE_SURVEY_NIGHT, 1),
                Arguments.of(Settings.VISIT_SPREAD, Optional.empty()),
                Arguments.of(Settings.STATIC_TOPIC, "alerts-static"),
                Arguments.of(Settings.REPLAY_TOPIC, "alerts-simulated"),
                Arguments.of(Settings.REPLAY_INTERVAL.setting(), Duration.ofSeconds(37)),
                Arguments.of(Settings.REPLAY_PAUSED.setting(), false),
                Arguments.of(ReplayMode.SETTING, ReplayMode.VERBATIM),
                Arguments.of(Settings.REPLAY_FAULTS, Optional.empty()),
                Arguments.of(Settings.REPLAY_JOURNAL_TOPIC, "alerts-journal"),
                Arguments.of(Settings.INGEST_TOPICS, List.of("alerts-simulated")),
                Arguments.of(Settings.INGEST_GROUP, "alertdb-ingester"),
                Arguments.of(Settings.INGEST_BUFFER, 64L << 20),
                Arguments.of(Settings.DEAD_LETTER_TOPIC, "alerts-dead-letter"),
                Arguments.of(AuditFrom.SETTING, new AuditFrom.Earliest()),
                Arguments.of(Settings.SCORE_OUTPUT, Optional.empty()),
                Arguments.of(Settings.SCORE_LATE, Duration.ofSeconds(60)),
                Arguments.of(Settings.SCORE_FROM, Optional.empty()),
                Arguments.of(Settings.ALERT_STORE, "file:data/alerts"),
                Arguments.of(Settings.SCHEMA_STORE, "file:data/schemas"),
                Arguments.of(ArchiveLayout.SETTING, ArchiveLayout.V1),
                Arguments.of(GcsSettings.ENDPOINT, Optional.empty()),
                Arguments.of(GcsSettings.EMULATOR_HOST, Optional.empty()),
                Arguments.of(S3Settings.ENDPOINT, Optional.empty()),
                Arguments.of(S3Settings.REGION, Optional.empty()),
                Arguments.of(S3Settings.PATH_STYLE, Optional.empty()),
                Arguments.of(S3Checksums.SETTING, S3Checksums.CRC32C),
                Arguments.of(S3WriteOnce.SETTING, S3WriteOnce.IF_NONE_MATCH),
                Arguments.of(S3Settings.ACCESS_KEY_FILE, Optional.empty()),
                Arguments.of(S3Settings.SECRET_KEY_FILE, Optional.empty()),
                Arguments.of(S3Settings.CA_FILE, Optional.empty()),
                Arguments.of(Settings.HTTP_HOST, "0.0.0.0"),
                Arguments.of(Settings.HTTP_PORT, 3000),
                Arguments.of(Settings.HTTP_CLIENT_SHARE, 25),
                Arguments.of(ClientSettings.TRUSTED_PROXIES, Optional.empty()),
                Arguments.of(Settings.OPS_PORT, 9000),
                Arguments.of(Settings.LOG_LEVEL.setting(), LogLevel.INFO),
                Arguments.of(LogFormat.SETTING, LogFormat.TEXT),
                Arguments.of(Settings.DATA_DIR, Path.of("data")),
                Arguments.of(Settings.LOCAL_REPLAY_RETENTION, Optional.empty()),
                Arguments.of(Settings.LOCAL_KAFKA_PORT, 9092),
                Arguments.of(Settings.LOCAL_KAFKA_SCRAM_PORT, 9094),
                Arguments.of(Settings.LOCAL_REGISTRY_PORT, 8081),
                Arguments.of(Settings.LOCAL_REGISTRY_PUBLIC_PORT, Optional.empty()));
    }

    /** A setting that is added needs its default in the list above. */
    @Test
    void theListOfDefaultsHasEverySetting() {
        assertThat(defaults().map(one -> one.get()[0]))
                .containsExactlyInAnyOrderElementsOf(List.copyOf(AllSettings.CATALOG.all()));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyFormIsRead(Setting<?> setting, String text, Object expected) {
        assertThat((Object) reader(setting, text).get(setting)).isEqualTo(expected);
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(Settings.ROLE, "loader, replayer", List.of(Role.LOADER, Role.REPLAYER)),
                Arguments.of(Settings.ROLE, "schema-sync", List.of(Role.SCHEMA_SYNC)),
                Arguments.of(Settings.KAFKA_BOOTSTRAP_SERVERS, "a:1,b:2", "a:1,b:2"),
                Arguments.of(KafkaSecurity.SETTING, "scram-tls", KafkaSecurity.SCRAM_TLS),
                Arguments.of(Settings.KAFKA_PASSWORD, "pa ss", Optional.of(new Secret("pa ss"))),
                Arguments.of(AlertsSchema.SETTING, "9.0", new AlertsSchema.Version(new SchemaVersion(9, 0))),
                Arguments.of(AlertsSchema.SETTING, "as-written", new AlertsSchema.AsWritten()),
                Arguments.of(SchemaIdSource.SETTING, "registry", new SchemaIdSource.OfRegistry()),
                Arguments.of(SchemaIdSource.SETTING, "4711", new SchemaIdSource.Fixed(4711)),
                Arguments.of(Settings.REPLAY_INTERVAL.setting(), "5m", Duration.ofMinutes(5)),
                Arguments.of(Settings.REPLAY_INTERVAL.setting(), "250ms", Duration.ofMillis(250)),
                Arguments.of(Settings.REPLAY_INTERVAL.setting(), "PT1M30S", Duration.ofSeconds(90)),
                Arguments.of(Settings.INGEST_TOPICS, "a,b", List.of("a", "b")),
                Arguments.of(Settings.INGEST_BUFFER, "2GiB", 2L << 30),
                Arguments.of(Settings.INGEST_BUFFER, "2000000", 2_000_000L),
                Arguments.of(ArchiveLayout.SETTING, "v2", ArchiveLayout.V2),
                Arguments.of(Settings.ALERT_PROFILE, "ztf", AlertProfile.bundled("ztf")),
                Arguments.of(Settings.ALERT_ID_FIELD, "candidate.candid", Optional.of("candidate.candid")),
                Arguments.of(Settings.SAMPLE_HISTORY, "mature", SampleHistory.MATURE),
                Arguments.of(Settings.SAMPLE_NIGHT, "800", Optional.of(800)),
                Arguments.of(LogFormat.SETTING, " json ", LogFormat.JSON));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void otherFormsAreRefused(Setting<?> setting, String text) {
        SettingsReader reader = reader(setting, text);

        assertThat((Object) reader.get(setting))
                .as("the default instead")
                .isEqualTo(new SettingsReader(List.of()).get(setting));
        assertThatThrownBy(reader::finish)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(setting.name())
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("environment")
                .hasMessageContaining("expected");
    }

    /** No form accepts nothing: a variable that is set by mistake, without a value, is reported. */
    @ParameterizedTest
    @MethodSource("all")
    void aBlankValueIsRefused(Setting<?> setting) {
        SettingsReader reader = reader(setting, " ");
        reader.get(setting);
        assertThatThrownBy(reader::finish).hasMessageContaining(setting.name() + " = ");
    }

    static Stream<Setting<?>> all() {
        return AllSettings.CATALOG.all().stream();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(Settings.ROLE, "lodaer"),
                Arguments.of(Settings.ROLE, ""),
                Arguments.of(Settings.KAFKA_BOOTSTRAP_SERVERS, "localhost"),
                Arguments.of(KafkaSecurity.SETTING, "TLS"),
                Arguments.of(Settings.SCHEMA_REGISTRY_URL, "registry:8081"),
                Arguments.of(Settings.SCHEMA_REGISTRY_URL, "http://"),
                Arguments.of(AlertsSchema.SETTING, "9"),
                Arguments.of(SchemaIdSource.SETTING, "0"),
                Arguments.of(SchemaIdSource.SETTING, "2147483648"),
                Arguments.of(Settings.ALERT_PROFILE, "sdss"),
                Arguments.of(Settings.ALERT_ID_FIELD, "9x"),
                Arguments.of(Settings.SAMPLE_ALERTS, "0"),
                Arguments.of(Settings.SAMPLE_ALERTS, "1e3"),
                Arguments.of(Settings.SAMPLE_NIGHT, "0"),
                Arguments.of(Settings.SAMPLE_NIGHT, "801"),
                Arguments.of(Settings.SAMPLE_SURVEY_NIGHT, "0"),
                Arguments.of(Settings.SAMPLE_SURVEY_NIGHT, "8751"),
                Arguments.of(Settings.VISIT_SPREAD, "3"),
                Arguments.of(Settings.VISIT_SPREAD, "PT-1S"),
                Arguments.of(Settings.STATIC_TOPIC, "a b"),
                Arguments.of(Settings.STATIC_TOPIC, ".."),
                Arguments.of(Settings.REPLAY_INTERVAL.setting(), "37"),
                Arguments.of(Settings.REPLAY_INTERVAL.setting(), "0s"),
                Arguments.of(Settings.REPLAY_INTERVAL.setting(), "-PT1S"),
                Arguments.of(Settings.REPLAY_INTERVAL.setting(), "999999999999d"),
                Arguments.of(Settings.REPLAY_PAUSED.setting(), "yes"),
                Arguments.of(Settings.INGEST_TOPICS, "a,,b"),
                Arguments.of(Settings.INGEST_BUFFER, "64MB"),
                Arguments.of(Settings.INGEST_BUFFER, "1KiB"),
                Arguments.of(Settings.INGEST_BUFFER, "999999999TiB"),
                Arguments.of(Settings.HTTP_PORT, "65536"),
                Arguments.of(Settings.HTTP_PORT, "-1"),
                Arguments.of(Settings.DATA_DIR, "a\0b"));
    }

    @Test
    void theFirstSourceWithASettingWins() {
        SettingsReader reader = new SettingsReader(List.of(
                new SettingValues("environment", Map.of("HTTP_PORT", "1")),
                new SettingValues("file", Map.of("HTTP_PORT", "2", "OPS_PORT", "3"))));

        assertThat(reader.get(Settings.HTTP_PORT)).isEqualTo(1);
        assertThat(reader.get(Settings.OPS_PORT)).isEqualTo(3);
    }

    @Test
    void allProblemsAreReportedTogether() {
        List<SettingValues> sources =
                List.of(new SettingValues("environment", Map.of("HTTP_PORT", "x", "OPS_PORT", "y")));

        assertThatThrownBy(() -> SettingsReader.read(
                        sources, in -> List.of(in.get(Settings.HTTP_PORT), in.get(Settings.OPS_PORT))))
                .isInstanceOfSatisfying(InvalidSettingsException.class, e -> assertThat(e.problems())
                        .extracting(Problem::setting)
                        .containsExactly("HTTP_PORT", "OPS_PORT"));
    }

    @Test
    void aSecretIsNeverShown() {
        SettingsReader reader = reader(Settings.KAFKA_PASSWORD, "hunter2");
        reader.refuse(Settings.KAFKA_PASSWORD, "nothing");

        assertThat(reader.get(Settings.KAFKA_PASSWORD).toString()).doesNotContain("hunter2");
        assertThatThrownBy(reader::finish).message().contains("(secret)").doesNotContain("hunter2");
    }

    @Test
    void everyDefaultHasItsForm() {
        SettingsReader reader = new SettingsReader(List.of());
        AllSettings.CATALOG.all().forEach(reader::get);
        reader.finish();
        assertThat(AllSettings.CATALOG.all()).hasSizeGreaterThan(35);
    }

    private static SettingsReader reader(Setting<?> setting, String text) {
        return new SettingsReader(List.of(new SettingValues("environment", Map.of(setting.name(), text))));
    }
}
