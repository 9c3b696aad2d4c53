package io.alertstream.archive;

import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.StoreLocation;
import io.alertstream.storage.StoreLocation.Access;

/** Where the archive is, the access for which its stores are opened, and how its objects are named. */
public record ArchiveSettings(StoreLocation alerts, StoreLocation schemas, Access access, ArchiveLayout layout) {

    public static ArchiveSettings read(SettingsReader in) {
        return new ArchiveSettings(
                StoreLocation.read(in, Settings.ALERT_STORE),
                StoreLocation.read(in, Settings.SCHEMA_STORE),
                Access.READ_WRITE,
                in.get(ArchiveLayout.SETTING));
    }

    /** For roles that only read. */
    public ArchiveSettings readOnly() {
        return new ArchiveSettings(alerts, schemas, Access.READ, layout);
    }
}
