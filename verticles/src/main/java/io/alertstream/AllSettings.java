package io.alertstream;

import io.alertstream.archive.ArchiveLayout;
import io.alertstream.audit.AuditFrom;
import io.alertstream.kafka.KafkaSecurity;
import io.alertstream.loader.AlertsSchema;
import io.alertstream.ops.LogFormat;
import io.alertstream.registry.SchemaIdSource;
import io.alertstream.replayer.ReplayMode;
import io.alertstream.schemasync.SchemaSync;
import io.alertstream.server.limits.ClientSettings;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsCatalog;
import io.alertstream.storage.gcs.GcsSettings;
import io.alertstream.storage.s3.S3Settings;

/** Every setting of the program: those in {@link Settings}, and those that a room declares with their type. */
public final class AllSettings {

    public static final SettingsCatalog CATALOG = Settings.catalog()
            .with(KafkaSecurity.SETTING, Settings.KAFKA_BOOTSTRAP_SERVERS)
            .with(SchemaSync.SETTING, Settings.SCHEMA_SUBJECT)
            .with(AlertsSchema.SETTING, Settings.ALERTS_FILE)
            .with(SchemaIdSource.SETTING, AlertsSchema.SETTING)
            .with(AuditFrom.SETTING, Settings.DEAD_LETTER_TOPIC)
            .with(ArchiveLayout.SETTING, Settings.SCHEMA_STORE)
            .with(S3Settings.ALL, ArchiveLayout.SETTING)
            .with(GcsSettings.ALL, ArchiveLayout.SETTING)
            .with(ReplayMode.SETTING, Settings.REPLAY_PAUSED)
            .with(ClientSettings.TRUSTED_PROXIES, Settings.HTTP_CLIENT_SHARE)
            .with(LogFormat.SETTING, Settings.LOG_LEVEL);

    private AllSettings() {}
}
