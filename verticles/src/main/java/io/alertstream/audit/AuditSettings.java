package io.alertstream.audit;

import io.alertstream.archive.ArchiveSettings;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.StreamProfile;
import java.util.Set;

/**
 * Settings of the audit.
 *
 * @param topics to compare with the archive
 * @param deadLetterTopic holds the messages that could not be archived
 * @param profile where alerts hold their id
 */
public record AuditSettings(
        KafkaSettings kafka,
        ArchiveSettings archive,
        Set<String> topics,
        String deadLetterTopic,
        AuditFrom from,
        AlertProfile profile) {

    public AuditSettings {
        topics = Set.copyOf(topics);
    }

    public static AuditSettings read(SettingsReader in) {
        AuditFrom from = in.get(AuditFrom.SETTING);
        Set<String> topics = Set.copyOf(in.get(Settings.INGEST_TOPICS));
        if (from instanceof AuditFrom.Offsets offsets
                && !topics.containsAll(offsets.next().keySet())) {
            in.refuse(AuditFrom.SETTING, "offsets of topics that INGEST_TOPICS names");
        }
        return new AuditSettings(
                KafkaSettings.read(in),
                ArchiveSettings.read(in).readOnly(),
                topics,
                in.get(Settings.DEAD_LETTER_TOPIC),
                from,
                StreamProfile.read(in));
    }
}
