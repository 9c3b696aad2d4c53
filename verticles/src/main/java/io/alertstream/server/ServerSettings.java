package io.alertstream.server;

import io.alertstream.archive.ArchiveSettings;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.server.limits.ClientSettings;
import io.alertstream.server.overview.OverviewSettings;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.StreamProfile;

/**
 * Where the server listens, how its clients share it, which archive it serves, how it reads alerts, and where it looks for
 * the page about the whole system.
 */
public record ServerSettings(
        String host,
        int port,
        ClientSettings clients,
        ArchiveSettings archive,
        AlertProfile profile,
        OverviewSettings overview) {

    public static ServerSettings read(SettingsReader in) {
        return new ServerSettings(
                in.get(Settings.HTTP_HOST),
                in.get(Settings.HTTP_PORT),
                ClientSettings.read(in),
                ArchiveSettings.read(in).readOnly(),
                StreamProfile.read(in),
                OverviewSettings.read(in));
    }
}
