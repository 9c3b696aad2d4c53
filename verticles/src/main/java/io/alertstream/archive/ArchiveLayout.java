package io.alertstream.archive;

import io.alertstream.settings.Forms;
import io.alertstream.settings.Setting;

/** How objects of the archive are named: the values of {@code ARCHIVE_LAYOUT}. */
public enum ArchiveLayout {
    V1,
    V2;

    public static final Setting<ArchiveLayout> SETTING = Setting.of(
            "ARCHIVE_LAYOUT", "v1", Forms.oneOf(ArchiveLayout.class), "names of objects in the archive: v1 or v2");
}
