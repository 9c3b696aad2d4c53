package io.alertstream.server.overview;

import io.alertstream.kafka.KafkaSettings;
import io.alertstream.settings.LiveSettings;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the overview observes. All of it is optional: the server serves alerts without.
 *
 * @param kafka reads Kafka's settings and the files that they name, which may appear after the start; blocks, and throws
 *     {@link io.alertstream.settings.InvalidSettingsException} while something is missing or invalid. Empty if no address
 *     of Kafka is set
 */
public record OverviewSettings(
        Optional<Supplier<KafkaSettings>> kafka,
        String staticTopic,
        String replayTopic,
        String deadLetterTopic,
        String ingestGroup,
        LiveSettings live) {

    public static OverviewSettings read(SettingsReader in) {
        // A server by itself uses Kafka only if the address is set; in a process with other roles it uses theirs.
        boolean isConfigured = in.isSet(Settings.KAFKA_BOOTSTRAP_SERVERS)
                || in.get(Settings.ROLE).size() > 1;
        return new OverviewSettings(
                isConfigured ? Optional.of(() -> in.apart(KafkaSettings::read)) : Optional.empty(),
                in.get(Settings.STATIC_TOPIC),
                in.get(Settings.REPLAY_TOPIC),
                in.get(Settings.DEAD_LETTER_TOPIC),
                in.get(Settings.INGEST_GROUP),
                LiveSettings.read(in));
    }
}
