package io.alertstream.ops;

import io.alertstream.settings.Forms;
import io.alertstream.settings.Setting;

/** The format of log lines: the values of {@code LOG_FORMAT}. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** For machines: one JSON object per line. */
    JSON;

    public static final Setting<LogFormat> SETTING =
            Setting.of("LOG_FORMAT", "text", Forms.oneOf(LogFormat.class), "text for people, json for machines");
}
