package io.alertstream.settings;

/** What a visit is: the values of {@code REPLAY_MODE}. */
public enum ReplayMode {
    /** The static topic's bytes. */
    VERBATIM,
    /** The same alerts with new ids, a new visit number and new times. */
    FRESH
}
