package io.alertstream.settings;

import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.avro.sample.SampleHistory;
import io.alertstream.avro.sample.SampleNight;
import io.alertstream.avro.sample.SampleVisit;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings whose values are plain, or belong to several rooms. A setting with its own type is declared with
 * that type, by the room that owns it. How a role uses settings is in its settings record.
 */
public final class Settings {

    private static final List<Setting<?>> ALL = new ArrayList<>();

    public static final Setting<List<Role>> ROLE = add(Setting.of(
            "ROLE",
            "local",
            Forms.list(Forms.oneOf(Role.class)),
            "what this process does; several separated by commas"));

    public static final Setting<Optional<Path>> CONFIG_FILE =
            add(Setting.optional("CONFIG_FILE", Forms.path(), "file of settings, YAML or properties"));
    public static final Setting<Optional<String>> CONFIG_MAP = add(Setting.optional(
            "CONFIG_MAP", Forms.configMap(), "ConfigMap of settings, namespace/name; watched while the process runs"));
    public static final Setting<Optional<String>> LIVE_CONFIG_MAP = add(Setting.optional(
            "LIVE_CONFIG_MAP",
            Forms.configMap(),
            "ConfigMap of live settings only, namespace/name; precedes CONFIG_MAP, and may be absent at the start"));

    public static final Setting<String> KAFKA_BOOTSTRAP_SERVERS = add(Setting.of(
            "KAFKA_BOOTSTRAP_SERVERS",
            "localhost:9092",
            Forms.matching("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*", "HOST:PORT, several separated by commas"),
            "bootstrap brokers, HOST:PORT separated by commas"));
    public static final Setting<Optional<Path>> KAFKA_CA_FILE =
            add(Setting.optional("KAFKA_CA_FILE", Forms.path(), "PEM file of trusted certificates (ca.crt)"));
    public static final Setting<Optional<Path>> KAFKA_CERT_FILE =
            add(Setting.optional("KAFKA_CERT_FILE", Forms.path(), "PEM file of the client certificate (user.crt)"));
    public static final Setting<Optional<Path>> KAFKA_KEY_FILE =
            add(Setting.optional("KAFKA_KEY_FILE", Forms.path(), "PEM file of the client's PKCS#8 key (user.key)"));
    public static final Setting<Optional<String>> KAFKA_USERNAME =
            add(Setting.optional("KAFKA_USERNAME", Forms.text("a user's name"), "SCRAM-SHA-512 user"));
    public static final Setting<Optional<Secret>> KAFKA_PASSWORD = add(Setting.optional(
                    "KAFKA_PASSWORD",
                    text -> new Secret(Forms.text("a password").parse(text)),
                    "SCRAM-SHA-512 password")
            .secretSetting());
    public static final Setting<Optional<Path>> KAFKA_PASSWORD_FILE =
            add(Setting.optional("KAFKA_PASSWORD_FILE", Forms.path(), "file with the SCRAM-SHA-512 password"));

    public static final Setting<URI> SCHEMA_REGISTRY_URL = add(Setting.of(
            "SCHEMA_REGISTRY_URL", "http://localhost:8081", Forms.httpUrl(), "schema registry with Confluent's API"));
    public static final Setting<Optional<String>> SCHEMA_REGISTRY_USERNAME = add(Setting.optional(
            "SCHEMA_REGISTRY_USERNAME", Forms.text("a user's name"), "schema registry: user for basic authentication"));
    public static final Setting<Optional<Secret>> SCHEMA_REGISTRY_PASSWORD = add(Setting.optional(
                    "SCHEMA_REGISTRY_PASSWORD",
                    text -> new Secret(Forms.text("a password").parse(text)),
                    "schema registry: password for basic authentication")
            .secretSetting());
    public static final Setting<Optional<Path>> SCHEMA_REGISTRY_PASSWORD_FILE = add(Setting.optional(
            "SCHEMA_REGISTRY_PASSWORD_FILE", Forms.path(), "file with the schema registry's password"));
    public static final Setting<Optional<Secret>> SCHEMA_REGISTRY_TOKEN = add(Setting.optional(
                    "SCHEMA_REGISTRY_TOKEN",
                    text -> new Secret(Forms.text("a token").parse(text)),
                    "schema registry: bearer token")
            .secretSetting());
    public static final Setting<Optional<Path>> SCHEMA_REGISTRY_TOKEN_FILE = add(Setting.optional(
            "SCHEMA_REGISTRY_TOKEN_FILE", Forms.path(), "file with the schema registry's bearer token"));
    public static final Setting<Optional<Path>> SCHEMA_DIR =
            add(Setting.optional("SCHEMA_DIR", Forms.path(), "directory of alert schemas, MAJOR/MINOR/*.avsc")
                    .defaultShownAs("the schemas in the jar"));
    public static final Setting<String> SCHEMA_SUBJECT = add(Setting.of(
            "SCHEMA_SUBJECT",
            "alert-packet",
            Forms.matching("[^\\p{Cntrl}]{1,255}", "a subject's name"),
            "subject under which schema-sync registers schemas"));
    public static final Setting<Optional<Path>> ALERTS_FILE =
            add(Setting.optional("ALERTS_FILE", Forms.path(), "Avro object container file of a visit's alerts")
                    .defaultShownAs("a generated sample visit"));
    public static final Setting<AlertProfile> ALERT_PROFILE = add(Setting.of(
            "ALERT_PROFILE",
            "lsst",
            Forms.profile(),
            "where alerts hold time, position, band, flux and cutouts: lsst, ztf or a file"));
    public static final Setting<Optional<String>> ALERT_ID_FIELD = add(Setting.optional(
                    "ALERT_ID_FIELD",
                    Forms.matching("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*", "the name of a field, such as candid"),
                    "field that holds an alert's id, such as candid")
            .defaultShownAs("that of ALERT_PROFILE: diaSourceId or alertId"));
    public static final Setting<Integer> SAMPLE_ALERTS = add(Setting.of(
            "SAMPLE_ALERTS", "1000", Forms.integer(1, 1_000_000), "number of alerts in a generated sample visit"));
    public static final Setting<SampleHistory> SAMPLE_HISTORY = add(Setting.of(
            "SAMPLE_HISTORY",
            "first-year",
            Forms.oneOf(SampleHistory.class),
            "past of the sample's objects: first-year (most are new) or mature (light curves of months)"));
    public static final Setting<Optional<Integer>> SAMPLE_NIGHT = add(Setting.optional(
                    "SAMPLE_NIGHT",
                    Forms.integer(1, SampleNight.MAX_VISITS),
                    "number of sample visits to load as one night, with pauses and crowded fields")
            .defaultShownAs("one visit"));
    public static final Setting<Integer> SAMPLE_SURVEY_NIGHT = add(Setting.of(
            "SAMPLE_SURVEY_NIGHT",
            "1",
            Forms.integer(1, SampleVisit.MAX_NIGHT),
            "night of the sample's survey; three nights later its objects come back with a longer history"));
    public static final Setting<Optional<Duration>> VISIT_SPREAD = add(Setting.optional(
                    "VISIT_SPREAD",
                    Forms.duration(Duration.ZERO),
                    "time over which a visit's alerts are spread evenly, in order, such as 3s")
            .defaultShownAs("the alerts' own times"));

    public static final Setting<String> STATIC_TOPIC =
            add(Setting.of("STATIC_TOPIC", "alerts-static", Forms.topic(), "topic with one visit"));
    public static final Setting<String> REPLAY_TOPIC =
            add(Setting.of("REPLAY_TOPIC", "alerts-simulated", Forms.topic(), "topic to which the visit is replayed"));
    public static final LiveSetting<Duration> REPLAY_INTERVAL = live(Setting.of(
            "REPLAY_INTERVAL",
            "37s",
            Forms.duration(Duration.ofMillis(1)),
            "time from the start of one visit to the next"));
    public static final LiveSetting<Boolean> REPLAY_PAUSED =
            live(Setting.of("REPLAY_PAUSED", "false", Forms.bool(), "true: no further visit starts"));
    public static final Setting<Optional<Path>> REPLAY_FAULTS =
            add(Setting.optional("REPLAY_FAULTS", Forms.path(), "YAML file of faults to put into the replay"));
    public static final Setting<String> REPLAY_JOURNAL_TOPIC = add(Setting.of(
            "REPLAY_JOURNAL_TOPIC",
            "alerts-journal",
            Forms.topic(),
            "topic that records the visits and faults of a replay that is fresh or has faults"));

    public static final Setting<List<String>> INGEST_TOPICS = add(Setting.of(
            "INGEST_TOPICS", "alerts-simulated", Forms.list(Forms.topic()), "topics to archive, separated by commas"));
    public static final Setting<String> INGEST_GROUP = add(Setting.of(
            "INGEST_GROUP",
            "alertdb-ingester",
            Forms.text("a consumer group's name"),
            "the ingester's consumer group"));
    public static final Setting<Long> INGEST_BUFFER = add(Setting.of(
            "INGEST_BUFFER", "64MiB", Forms.bytes(1 << 20), "limit on bytes read from Kafka but not yet stored"));
    public static final Setting<String> DEAD_LETTER_TOPIC = add(Setting.of(
            "DEAD_LETTER_TOPIC", "alerts-dead-letter", Forms.topic(), "topic for messages that can't be archived"));
    public static final Setting<Optional<String>> SCORE_OUTPUT = add(Setting.optional(
            "SCORE_OUTPUT",
            Forms.text("topic:NAME or file:PATH"),
            "what a broker accepted, for score: topic:NAME or file:PATH"));
    public static final Setting<Duration> SCORE_LATE = add(Setting.of(
            "SCORE_LATE",
            "60s",
            Forms.duration(Duration.ofMillis(1)),
            "time from an alert's publication to the broker's output after which it counts as late"));
    public static final Setting<Optional<Instant>> SCORE_FROM = add(Setting.optional(
            "SCORE_FROM", Forms.instant(), "time from which alerts are scored, such as 2026-11-22T03:00:00Z"));
    public static final Setting<String> ALERT_STORE = add(Setting.of(
            "ALERT_STORE",
            "file:data/alerts",
            Forms.text("a store"),
            "where alerts are stored: file:PATH, gs://BUCKET or s3://BUCKET"));
    public static final Setting<String> SCHEMA_STORE = add(Setting.of(
            "SCHEMA_STORE",
            "file:data/schemas",
            Forms.text("a store"),
            "where schemas are stored: file:PATH, gs://BUCKET or s3://BUCKET"));

    public static final Setting<String> HTTP_HOST = add(Setting.of(
            "HTTP_HOST", "0.0.0.0", Forms.text("an address to listen on"), "address on which the server listens"));
    public static final Setting<Integer> HTTP_PORT =
            add(Setting.of("HTTP_PORT", "3000", Forms.port(), "port on which the server listens"));
    public static final Setting<Integer> HTTP_CLIENT_SHARE = add(Setting.of(
            "HTTP_CLIENT_SHARE",
            "25",
            Forms.integer(1, 100),
            "percentage of the server's connections, event streams, lists and unsent bytes that one client may hold"));
    public static final Setting<Integer> OPS_PORT =
            add(Setting.of("OPS_PORT", "9000", Forms.port(), "port for /live, /ready and /metrics"));
    public static final LiveSetting<LogLevel> LOG_LEVEL =
            live(Setting.of("LOG_LEVEL", "info", Forms.oneOf(LogLevel.class), "trace, debug, info, warn or error"));

    public static final Setting<Path> DATA_DIR =
            add(Setting.of("DATA_DIR", "data", Forms.path(), "directory in which local keeps everything"));
    public static final Setting<Optional<Long>> LOCAL_REPLAY_RETENTION = add(
            Setting.optional("LOCAL_REPLAY_RETENTION", Forms.bytes(1 << 20), "total bytes kept in local's replay topic")
                    .defaultShownAs("four visits, at least 1GiB"));
    public static final Setting<Integer> LOCAL_KAFKA_PORT =
            add(Setting.of("LOCAL_KAFKA_PORT", "9092", Forms.port(), "local: broker port, plaintext"));
    public static final Setting<Integer> LOCAL_KAFKA_SCRAM_PORT = add(Setting.of(
            "LOCAL_KAFKA_SCRAM_PORT",
            "9094",
            Forms.port(),
            "local: broker port, SCRAM-SHA-512, user and password community"));
    public static final Setting<Integer> LOCAL_REGISTRY_PORT =
            add(Setting.of("LOCAL_REGISTRY_PORT", "8081", Forms.port(), "local: schema registry port"));
    public static final Setting<Optional<Integer>> LOCAL_REGISTRY_PUBLIC_PORT = add(Setting.optional(
                    "LOCAL_REGISTRY_PUBLIC_PORT", Forms.port(), "local: schema registry port for GET and HEAD only")
            .defaultShownAs("off"));

    private Settings() {}

    /** The settings declared here; {@code AllSettings} also has those that rooms declare. */
    public static SettingsCatalog catalog() {
        return new SettingsCatalog(ALL);
    }

    private static <T> Setting<T> add(Setting<T> setting) {
        ALL.add(setting);
        return setting;
    }

    private static <T> LiveSetting<T> live(Setting<T> setting) {
        return new LiveSetting<>(add(setting.liveSetting()));
    }
}
