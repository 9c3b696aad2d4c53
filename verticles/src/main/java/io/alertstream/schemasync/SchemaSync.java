package io.alertstream.schemasync;

import io.alertstream.settings.Forms;
import io.alertstream.settings.Setting;

/** Which schemas the synchronization puts into the registry: the values of {@code SCHEMA_SYNC}. */
public enum SchemaSync {
    LATEST,
    ALL;

    public static final Setting<SchemaSync> SETTING = Setting.of(
            "SCHEMA_SYNC", "latest", Forms.oneOf(SchemaSync.class), "which schemas are registered: latest or all");
}
