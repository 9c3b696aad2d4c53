package io.alertstream.settings;

import java.time.Duration;

/** The settings that change in the running process when the ConfigMap changes. */
public record LiveSettings(Duration replayInterval, boolean replayPaused, LogLevel logLevel) {

    public static LiveSettings read(SettingsReader in) {
        return new LiveSettings(
                in.get(Settings.REPLAY_INTERVAL.setting()),
                in.get(Settings.REPLAY_PAUSED.setting()),
                in.get(Settings.LOG_LEVEL.setting()));
    }
}
