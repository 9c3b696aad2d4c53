package io.alertstream.score;

import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.StreamProfile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The scorekeeper's settings.
 *
 * @param profile says where alerts hold their id
 * @param late longest delay from an alert's publication to the broker's output; anything slower is late
 * @param from messages published before this are left out; empty to include all
 */
public record ScoreSettings(
        KafkaSettings kafka,
        RegistrySettings registry,
        String replayTopic,
        String journalTopic,
        AlertProfile profile,
        BrokerOutput output,
        Duration late,
        Optional<Instant> from) {

    private static final BrokerOutput NONE = new BrokerOutput.Topic("none");

    public static ScoreSettings read(SettingsReader in) {
        return new ScoreSettings(
                KafkaSettings.read(in),
                RegistrySettings.read(in),
                in.get(Settings.REPLAY_TOPIC),
                in.get(Settings.REPLAY_JOURNAL_TOPIC),
                StreamProfile.read(in),
                readOutput(in),
                in.get(Settings.SCORE_LATE),
                in.get(Settings.SCORE_FROM));
    }

    private static BrokerOutput readOutput(SettingsReader in) {
        try {
            Optional<BrokerOutput> output = in.get(Settings.SCORE_OUTPUT).flatMap(BrokerOutput::parse);
            if (output.isPresent()
                    && (!(output.get() instanceof BrokerOutput.File file) || Files.isReadable(file.path()))) {
                return output.get();
            }
        } catch (InvalidPathException e) {
            // Refused with a problem below.
        }
        in.refuse(Settings.SCORE_OUTPUT, "the broker's output: topic:NAME, or file:PATH of a readable file");
        return NONE;
    }
}
