package io.alertstream.server;

import io.alertstream.archive.ArchiveSettings;
import io.alertstream.server.limits.ClientSettings;
import io.alertstream.server.overview.OverviewSettings;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;

/** Where the server listens, how its clients share it, which archive it serves, and where it looks for the page about the whole system. */
public record ServerSettings(
        String host, int port, ClientSettings clients, ArchiveSettings archive, OverviewSettings overview) {

    public static ServerSettings read(SettingsReader in) {
        return new ServerSettings(
                in.get(Settings.HTTP_HOST),
                in.get(Settings.HTTP_PORT),
                ClientSettings.read(in),
                ArchiveSettings.read(in).readOnly(),
                OverviewSettings.read(in));
    }
}
