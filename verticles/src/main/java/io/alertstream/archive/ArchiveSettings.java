package io.alertstream.archive;

import io.alertstream.settings.ArchiveLayout;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.StoreLocation;
import io.alertstream.storage.StoreSettings;

/** Where the archive is, how its stores are reached, and how its objects are named. */
public record ArchiveSettings(StoreLocation alerts, StoreLocation schemas, StoreSettings stores, ArchiveLayout layout) {

    public static ArchiveSettings read(SettingsReader in) {
        return new ArchiveSettings(
                in.get(Settings.ALERT_STORE),
                in.get(Settings.SCHEMA_STORE),
                StoreSettings.read(in),
                in.get(Settings.ARCHIVE_LAYOUT));
    }

    /** For whoever only reads. */
    public ArchiveSettings readOnly() {
        return new ArchiveSettings(alerts, schemas, stores.readOnly(), layout);
    }
}
