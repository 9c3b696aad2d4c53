package io.alertstream.settings;

import io.alertstream.avro.profile.AlertProfile;

/**
 * The profile of the alerts in the stream: that of {@code ALERT_PROFILE}, with the id in the field {@code
 * ALERT_ID_FIELD}.
 */
public final class StreamProfile {

    private StreamProfile() {}

    public static AlertProfile read(SettingsReader in) {
        AlertProfile profile = in.get(Settings.ALERT_PROFILE);
        return in.get(Settings.ALERT_ID_FIELD).map(profile::withId).orElse(profile);
    }
}
