package io.alertstream.settings;

/** The least severe event that is logged: the values of {@code LOG_LEVEL}. */
public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR
}
