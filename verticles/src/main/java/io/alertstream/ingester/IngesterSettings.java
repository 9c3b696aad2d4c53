package io.alertstream.ingester;

import io.alertstream.archive.ArchiveSettings;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.StreamProfile;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Settings of the ingester.
 *
 * @param bufferBytes limit of bytes read from Kafka and not yet durable, at which consumption pauses
 * @param profile where alerts hold their id
 */
public record IngesterSettings(
        KafkaSettings kafka,
        RegistrySettings registry,
        ArchiveSettings archive,
        Set<String> topics,
        String group,
        long bufferBytes,
        String deadLetterTopic,
        AlertProfile profile) {

    public IngesterSettings {
        topics = Set.copyOf(topics);
        if (topics.contains(deadLetterTopic)) {
            throw new IllegalArgumentException("dead letters of " + deadLetterTopic + " would be archived again");
        }
    }

    public static IngesterSettings read(SettingsReader in) {
        KafkaSettings kafka = KafkaSettings.read(in);
        RegistrySettings registry = RegistrySettings.read(in);
        ArchiveSettings archive = ArchiveSettings.read(in);
        String deadLetterTopic = in.get(Settings.DEAD_LETTER_TOPIC);
        Set<String> topics = new LinkedHashSet<>(in.get(Settings.INGEST_TOPICS));
        if (topics.remove(deadLetterTopic)) {
            in.refuse(Settings.DEAD_LETTER_TOPIC, "a topic that isn't one of INGEST_TOPICS");
        }
        return new IngesterSettings(
                kafka,
                registry,
                archive,
                topics,
                in.get(Settings.INGEST_GROUP),
                in.get(Settings.INGEST_BUFFER),
                deadLetterTopic,
                StreamProfile.read(in));
    }
}
