package io.alertstream.replayer;

import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.registry.RegistrySettings;
import java.util.Optional;

/**
 * How visits differ from the one in the static topic.
 *
 * @param fresh whether each visit has ids, number and times of its own
 * @param faults what happens to alerts and visits; empty for nothing
 * @param profile where the alerts hold their ids and times
 * @param journalTopic where visits and faults are recorded
 * @param registry the registry with the schemas of the static topic's alerts
 * @param subject prefix of the subjects for next versions of these schemas
 */
record Staging(
        boolean fresh,
        Optional<FaultRecipes> faults,
        AlertProfile profile,
        String journalTopic,
        RegistrySettings registry,
        String subject) {}
