package io.alertstream.replayer;

import io.alertstream.settings.Forms;
import io.alertstream.settings.Setting;

/** What a visit publishes: the values of {@code REPLAY_MODE}. */
public enum ReplayMode {
    /** The static topic's bytes. */
    VERBATIM,
    /** The same alerts with new ids, a new visit number and new times. */
    FRESH;

    public static final Setting<ReplayMode> SETTING = Setting.of(
            "REPLAY_MODE",
            "verbatim",
            Forms.oneOf(ReplayMode.class),
            "what each visit is: verbatim (the static topic's bytes) or fresh (new ids, visit number and times)");
}
