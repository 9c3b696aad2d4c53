package io.alertstream.replayer;

import io.alertstream.kafka.KafkaSettings;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.time.Duration;

/**
 * The replayer's settings.
 *
 * @param interval from one visit's start to the next; live
 * @param paused whether visits wait until they are resumed; live
 */
public record ReplayerSettings(
        KafkaSettings kafka, String staticTopic, String replayTopic, Duration interval, boolean paused) {

    public static ReplayerSettings read(SettingsReader in) {
        String staticTopic = in.get(Settings.STATIC_TOPIC);
        String replayTopic = in.get(Settings.REPLAY_TOPIC);
        if (staticTopic.equals(replayTopic)) {
            in.refuse(Settings.REPLAY_TOPIC, "another topic than STATIC_TOPIC: a visit can't be replayed into itself");
        }
        return new ReplayerSettings(
                KafkaSettings.read(in),
                staticTopic,
                replayTopic,
                in.get(Settings.REPLAY_INTERVAL),
                in.get(Settings.REPLAY_PAUSED));
    }
}
