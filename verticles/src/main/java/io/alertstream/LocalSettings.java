package io.alertstream;

import io.alertstream.kafka.KafkaSecurity;
import io.alertstream.replayer.ReplayerSettings;
import io.alertstream.schemasync.SchemaSync;
import io.alertstream.settings.Setting;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.gcs.GcsSettings;
import io.alertstream.storage.s3.S3Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of {@code local}.
 *
 * @param dataDir holds {@code kafka/}, {@code alerts/} and {@code schemas/}
 * @param publicRegistryPort of the registry's read-only listener, if any
 * @param newTopic of alerts of a new major version, if the replay has any
 * @param replayRetentionBytes total retention of the replay topic; empty for four visits, at least 1 GiB
 */
record LocalSettings(
        Path dataDir,
        int kafkaPort,
        int scramPort,
        int registryPort,
        Optional<Integer> publicRegistryPort,
        String replayTopic,
        Optional<String> newTopic,
        String deadLetterTopic,
        String journalTopic,
        String ingestGroup,
        Optional<Long> replayRetentionBytes) {

    /** The only address that {@code local} listens on. */
    static final String HOST = "127.0.0.1";

    static LocalSettings read(SettingsReader in) {
        Map<Integer, Setting<?>> taken = new HashMap<>();
        for (Setting<Integer> setting : List.of(
                Settings.LOCAL_KAFKA_PORT,
                Settings.LOCAL_KAFKA_SCRAM_PORT,
                Settings.LOCAL_REGISTRY_PORT,
                Settings.HTTP_PORT,
                Settings.OPS_PORT)) {
            int port = in.get(setting);
            Setting<?> other = port == 0 ? null : taken.putIfAbsent(port, setting);
            if (other != null) {
                in.refuse(setting, "another port than " + other.name() + "'s");
            }
        }
        return new LocalSettings(
                in.get(Settings.DATA_DIR),
                in.get(Settings.LOCAL_KAFKA_PORT),
                in.get(Settings.LOCAL_KAFKA_SCRAM_PORT),
                in.get(Settings.LOCAL_REGISTRY_PORT),
                in.get(Settings.LOCAL_REGISTRY_PUBLIC_PORT),
                in.get(Settings.REPLAY_TOPIC),
                ReplayerSettings.newTopic(in),
                in.get(Settings.DEAD_LETTER_TOPIC),
                in.get(Settings.REPLAY_JOURNAL_TOPIC),
                in.get(Settings.INGEST_GROUP),
                in.get(Settings.LOCAL_REPLAY_RETENTION));
    }

    /** Reports each of its ports that is in use. */
    void refuseBusyPorts(SettingsReader in) {
        for (Setting<Integer> setting : List.of(
                Settings.LOCAL_KAFKA_PORT,
                Settings.LOCAL_KAFKA_SCRAM_PORT,
                Settings.LOCAL_REGISTRY_PORT,
                Settings.HTTP_PORT)) {
            PortCheck.refuseBusy(in, HOST, setting);
        }
        publicRegistryPort.ifPresent(port -> PortCheck.refuseBusy(in, HOST, Settings.LOCAL_REGISTRY_PUBLIC_PORT, port));
    }

    /** The topics that the replayer publishes to. */
    List<String> publishedTopics() {
        return newTopic.filter(topic -> !topic.equals(replayTopic))
                .map(topic -> List.of(replayTopic, topic))
                .orElse(List.of(replayTopic));
    }

    /** The broker's log. */
    Path kafka() {
        return dataDir.resolve("kafka");
    }

    /** The root of the store for alerts. */
    Path alerts() {
        return dataDir.resolve("alerts");
    }

    /** The root of the store for schemas. */
    Path schemas() {
        return dataDir.resolve("schemas");
    }

    /** Names of settings that have no effect here, since {@code local} fixes their values. */
    List<String> ignored(SettingsReader in) {
        return AllSettings.CATALOG.all().stream()
                .filter(setting -> planned().values().containsKey(setting.name())
                        || setting.equals(GcsSettings.ENDPOINT)
                        || S3Settings.ALL.contains(setting))
                .filter(in::isSet)
                .map(Setting::name)
                .toList();
    }

    /** The roles' settings before broker and registry run: all but the ports that 0 picks. */
    SettingValues planned() {
        return found(HOST + ":" + kafkaPort, registryPort);
    }

    /** The roles' settings, which override all others. */
    SettingValues found(String bootstrapServers, int actualRegistryPort) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(Settings.KAFKA_BOOTSTRAP_SERVERS.name(), bootstrapServers);
        settings.put(KafkaSecurity.SETTING.name(), "plaintext");
        settings.put(Settings.SCHEMA_REGISTRY_URL.name(), "http://" + HOST + ":" + actualRegistryPort);
        settings.put(SchemaSync.SETTING.name(), SchemaSync.ALL.name().toLowerCase(Locale.ROOT));
        settings.put(Settings.INGEST_TOPICS.name(), String.join(",", publishedTopics()));
        settings.put(Settings.ALERT_STORE.name(), "file:" + alerts());
        settings.put(Settings.SCHEMA_STORE.name(), "file:" + schemas());
        settings.put(Settings.HTTP_HOST.name(), HOST);
        return new SettingValues("local", settings);
    }
}
