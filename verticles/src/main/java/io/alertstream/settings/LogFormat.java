package io.alertstream.settings;

/** For whom logs are written: the values of {@code LOG_FORMAT}. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** For machines: one JSON object a line. */
    JSON
}
