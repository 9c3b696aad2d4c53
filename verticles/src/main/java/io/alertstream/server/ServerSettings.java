package io.alertstream.server;

import io.alertstream.archive.ArchiveSettings;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;

/** Where the server listens and which archive it serves. */
public record ServerSettings(String host, int port, ArchiveSettings archive) {

    public static ServerSettings read(SettingsReader in) {
        return new ServerSettings(
                in.get(Settings.HTTP_HOST),
                in.get(Settings.HTTP_PORT),
                ArchiveSettings.read(in).readOnly());
    }
}
