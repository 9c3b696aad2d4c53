package io.alertstream.server.overview;

import io.alertstream.kafka.KafkaSettings;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.InvalidSettingsException.Problem;
import io.alertstream.settings.LiveSettings;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.util.List;
import java.util.Optional;

/**
 * What the overview observes. All of it is optional: the server serves alerts without.
 *
 * @param kafka empty if Kafka's address isn't set, or its settings are invalid
 * @param kafkaProblems what is invalid
 */
public record OverviewSettings(
        Optional<KafkaSettings> kafka,
        List<Problem> kafkaProblems,
        String staticTopic,
        String replayTopic,
        String deadLetterTopic,
        String ingestGroup,
        LiveSettings live) {

    public OverviewSettings {
        kafkaProblems = List.copyOf(kafkaProblems);
    }

    public static OverviewSettings read(SettingsReader in) {
        Optional<KafkaSettings> kafka = Optional.empty();
        List<Problem> problems = List.of();
        // A server by itself uses Kafka only if the address is set; in a process with other roles it uses theirs.
        if (in.isSet(Settings.KAFKA_BOOTSTRAP_SERVERS) || in.get(Settings.ROLE).size() > 1) {
            try {
                kafka = Optional.of(in.apart(KafkaSettings::read));
            } catch (InvalidSettingsException e) {
                problems = e.problems();
            }
        }
        return new OverviewSettings(
                kafka,
                problems,
                in.get(Settings.STATIC_TOPIC),
                in.get(Settings.REPLAY_TOPIC),
                in.get(Settings.DEAD_LETTER_TOPIC),
                in.get(Settings.INGEST_GROUP),
                LiveSettings.read(in));
    }
}
