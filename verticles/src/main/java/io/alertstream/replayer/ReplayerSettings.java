package io.alertstream.replayer;

import io.alertstream.journal.FaultKind;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.settings.LiveSettings;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.StreamProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The replayer's settings.
 *
 * @param interval from one visit's start to the next; live
 * @param paused whether visits wait until they are resumed; live
 * @param staging how visits differ from the static topic's; empty if they are its bytes
 */
public record ReplayerSettings(
        KafkaSettings kafka,
        String staticTopic,
        String replayTopic,
        Duration interval,
        boolean paused,
        Optional<Staging> staging) {

    public static ReplayerSettings read(SettingsReader in) {
        String staticTopic = in.get(Settings.STATIC_TOPIC);
        String replayTopic = in.get(Settings.REPLAY_TOPIC);
        if (staticTopic.equals(replayTopic)) {
            in.refuse(Settings.REPLAY_TOPIC, "another topic than STATIC_TOPIC: a visit can't be replayed into itself");
        }
        LiveSettings live = LiveSettings.read(in);
        return new ReplayerSettings(
                KafkaSettings.read(in),
                staticTopic,
                replayTopic,
                live.replayInterval(),
                live.replayPaused(),
                readStaging(in, List.of(staticTopic, replayTopic)));
    }

    /** The topic that alerts of a new major version go into, if {@code REPLAY_FAULTS} has one and can be used. */
    public static Optional<String> newTopic(SettingsReader in) {
        try {
            return in.get(Settings.REPLAY_FAULTS)
                    .map(FaultRecipes::read)
                    .flatMap(recipes -> recipes.of(FaultKind.NEW_MAJOR))
                    .flatMap(FaultRecipe::topic);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // read() refuses it.
        }
    }

    private static Optional<Staging> readStaging(SettingsReader in, List<String> otherTopics) {
        boolean fresh = in.get(ReplayMode.SETTING) == ReplayMode.FRESH;
        String journalTopic = in.get(Settings.REPLAY_JOURNAL_TOPIC);
        Optional<Path> file = in.file(Settings.REPLAY_FAULTS);
        if (!fresh && file.isEmpty()) {
            return Optional.empty();
        }
        if (otherTopics.contains(journalTopic)) {
            in.refuse(Settings.REPLAY_JOURNAL_TOPIC, "another topic than STATIC_TOPIC and REPLAY_TOPIC");
        }
        // A missing file has been refused already.
        Optional<FaultRecipes> faults = file.filter(it -> it.toFile().canRead()).flatMap(it -> readFaults(in, it));
        return Optional.of(new Staging(
                fresh,
                faults,
                StreamProfile.read(in),
                journalTopic,
                RegistrySettings.read(in),
                in.get(Settings.SCHEMA_SUBJECT) + "-simulated"));
    }

    private static Optional<FaultRecipes> readFaults(SettingsReader in, Path file) {
        try {
            return Optional.of(FaultRecipes.read(file));
        } catch (IllegalArgumentException e) {
            in.refuse(Settings.REPLAY_FAULTS, e.getMessage());
            return Optional.empty();
        }
    }
}
