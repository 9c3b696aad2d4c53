package io.alertstream.settings;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.AllSettings;
import io.alertstream.loader.AlertsSchema;
import io.alertstream.ops.Logging;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the Kubernetes client's mock API server. */
@EnableKubernetesMockClient(crud = true, https = false)
class SettingsConfigMapTest {

    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Map<String, String> LIVE = Map.of("LIVE_CONFIG_MAP", "alerts/live");

    /** Logs each request that it answers. Held in a field, since an unreferenced logger loses its level. */
    private static final Logger REQUESTS = Logger.getLogger("io.fabric8.mockwebserver.MockWebServer");

    static {
        REQUESTS.setLevel(Level.WARNING);
        // The mock server shuts down its event loops before it closes its connections.
        Logging.mute("io.netty.util.concurrent.DefaultPromise.rejectedExecution");
    }

    KubernetesMockServer server;
    KubernetesClient client;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<LiveSettings> changes = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> reports = new LinkedBlockingQueue<>();

    /** Stops the polling before the server goes. */
    @AfterEach
    void stopAsking() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    @Test
    void theConfigMapOverridesTheFileNotTheEnvironment() throws Exception {
        write(Map.of("HTTP_PORT", "3001", "REPLAY_INTERVAL", "5s", "REPLAY_PAUSED", "true", "ALERTS_SCHEMA", "9.0"));

        SettingsReader reader =
                new SettingsReader(open(Map.of("HTTP_PORT", "3002")).list());

        assertThat(reader.get(Settings.HTTP_PORT)).isEqualTo(3002);
        assertThat(reader.get(Settings.REPLAY_INTERVAL.setting())).isEqualTo(Duration.ofSeconds(5));
        assertThat(reader.get(Settings.REPLAY_PAUSED.setting())).isTrue();
        assertThat(reader.get(AlertsSchema.SETTING)).hasToString("Version[version=9.0]");
    }

    @Test
    void aMissingConfigMapIsRefusedAtStartup() {
        assertThatThrownBy(() -> open(Map.of()))
                .hasCauseInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("CONFIG_MAP")
                .hasMessageContaining("alerts/settings");
    }

    @Test
    void anUnknownKeyIsRefusedAtStartup() {
        write(Map.of("REPLAY_INTERVALL", "5s"));

        assertThatThrownBy(() -> open(Map.of()))
                .hasCauseInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("REPLAY_INTERVALL in ConfigMap alerts/settings");
    }

    @Test
    void theFileCanNameTheConfigMap(@TempDir Path directory) throws Exception {
        write(Map.of("HTTP_PORT", "3001"));
        Path file = Files.writeString(directory.resolve("settings.yaml"), "CONFIG_MAP: alerts/settings");

        SettingsReader reader = new SettingsReader(
                openWith(Map.of("CONFIG_FILE", file.toString())).list());

        assertThat(reader.get(Settings.HTTP_PORT)).isEqualTo(3001);
    }

    @Test
    void liveSettingsFollowTheConfigMap() throws Exception {
        write(Map.of("REPLAY_INTERVAL", "37s"));
        open(Map.of()).follow(vertx, OFTEN, changes::add, reports::add);

        write(Map.of("REPLAY_INTERVAL", "10s", "LOG_LEVEL", "debug"));

        assertThat(changes.poll(10, SECONDS))
                .isEqualTo(new LiveSettings(Duration.ofSeconds(10), false, LogLevel.DEBUG));
    }

    @Test
    void theEnvironmentStillWins() throws Exception {
        write(Map.of("REPLAY_INTERVAL", "37s"));
        open(Map.of("REPLAY_INTERVAL", "1s")).follow(vertx, OFTEN, changes::add, reports::add);

        write(Map.of("REPLAY_INTERVAL", "10s", "REPLAY_PAUSED", "true"));

        assertThat(changes.poll(10, SECONDS)).isEqualTo(new LiveSettings(Duration.ofSeconds(1), true, LogLevel.INFO));
    }

    @Test
    void anInvalidConfigMapChangesNothingAndIsReportedOnce() throws Exception {
        write(Map.of("REPLAY_INTERVAL", "37s"));
        open(Map.of()).follow(vertx, OFTEN, changes::add, reports::add);

        write(Map.of("REPLAY_INTERVAL", "often"));
        assertThat(reports.poll(10, SECONDS)).contains("REPLAY_INTERVAL").contains("\"often\"");
        write(Map.of("REPLAY_INTERVAL", "20s"));

        assertThat(changes.poll(10, SECONDS).replayInterval()).isEqualTo(Duration.ofSeconds(20));
        assertThat(reports.poll(10, SECONDS)).as("report of the recovery").isEmpty();
        assertThat(reports).isEmpty();
    }

    @Test
    void aDeletedConfigMapLeavesTheLastGoodValues() throws Exception {
        write(Map.of("REPLAY_INTERVAL", "20s"));
        SettingsSources sources = open(Map.of());
        sources.follow(vertx, OFTEN, changes::add, reports::add);

        client.configMaps().inNamespace("alerts").withName("settings").delete();

        assertThat(reports.poll(10, SECONDS)).contains("ConfigMap alerts/settings can't be read");
        assertThat(new SettingsReader(sources.list()).get(Settings.REPLAY_INTERVAL.setting()))
                .isEqualTo(Duration.ofSeconds(20));
        assertThat(changes).isEmpty();
    }

    @Test
    void liveSettingsOfTheirOwnPrecedeTheOthers() throws Exception {
        write(Map.of("REPLAY_INTERVAL", "37s", "REPLAY_PAUSED", "false", "HTTP_PORT", "3001"));
        write("live", Map.of("REPLAY_PAUSED", "true"));

        SettingsReader reader = new SettingsReader(open(LIVE).list());

        assertThat(reader.get(Settings.REPLAY_PAUSED.setting())).isTrue();
        assertThat(reader.get(Settings.REPLAY_INTERVAL.setting())).isEqualTo(Duration.ofSeconds(37));
        assertThat(reader.get(Settings.HTTP_PORT)).isEqualTo(3001);
    }

    @Test
    void writingTheOtherSettingsAgainDoesNotTakeALiveOneBack() throws Exception {
        write(Map.of("REPLAY_PAUSED", "false"));
        open(LIVE).follow(vertx, OFTEN, changes::add, reports::add);
        write("live", Map.of("REPLAY_PAUSED", "true"));
        assertThat(changes.poll(10, SECONDS).replayPaused()).isTrue();

        write(Map.of("REPLAY_PAUSED", "false", "REPLAY_INTERVAL", "10s"));

        assertThat(changes.poll(10, SECONDS)).isEqualTo(new LiveSettings(Duration.ofSeconds(10), true, LogLevel.INFO));
        assertThat(reports).isEmpty();
    }

    @Test
    void aDeletedConfigMapOfLiveSettingsChangesNothing() throws Exception {
        write(Map.of("REPLAY_PAUSED", "false"));
        write("live", Map.of("REPLAY_PAUSED", "true"));
        SettingsSources sources = open(LIVE);
        sources.follow(vertx, OFTEN, changes::add, reports::add);

        client.configMaps().inNamespace("alerts").withName("live").delete();

        assertThat(reports.poll(10, SECONDS)).contains("ConfigMap alerts/live is gone or empty");
        assertThat(new SettingsReader(sources.list()).get(Settings.REPLAY_PAUSED.setting()))
                .isTrue();
        assertThat(changes).isEmpty();
    }

    @Test
    void onlyLiveSettingsMayBeInTheirConfigMap() {
        write(Map.of());
        write("live", Map.of("HTTP_PORT", "3001"));

        assertThatThrownBy(() -> open(LIVE))
                .hasCauseInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("HTTP_PORT in ConfigMap alerts/live")
                .hasMessageContaining("REPLAY_PAUSED");
    }

    private void write(Map<String, String> data) {
        write("settings", data);
    }

    private void write(String name, Map<String, String> data) {
        client.configMaps()
                .inNamespace("alerts")
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("alerts")
                        .withName(name)
                        .endMetadata()
                        .withData(data)
                        .build())
                .createOr(existing -> existing.update());
    }

    private SettingsSources open(Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("CONFIG_MAP", "alerts/settings");
        return openWith(environment);
    }

    private SettingsSources openWith(Map<String, String> environment) throws Exception {
        JsonObject api = new JsonObject()
                .put("host", server.getHostName())
                .put("port", server.getPort())
                .put("ssl", false)
                .put("token", "of a test");
        return SettingsSources.open(
                        AllSettings.CATALOG,
                        environment,
                        (name, mayBeAbsent) -> new SettingsConfigMap(vertx, name, mayBeAbsent, api))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, SECONDS);
    }
}
