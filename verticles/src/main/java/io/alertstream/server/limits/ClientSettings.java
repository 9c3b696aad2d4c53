package io.alertstream.server.limits;

import io.alertstream.settings.AddressRange;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.util.List;

/**
 * How clients share the server.
 *
 * @param sharePercent of each thing that is bounded, such as connections, that one client may hold
 * @param proxies that say truly for whom they ask
 */
public record ClientSettings(int sharePercent, List<AddressRange> proxies) {

    public ClientSettings {
        proxies = List.copyOf(proxies);
    }

    public static ClientSettings read(SettingsReader in) {
        return new ClientSettings(
                in.get(Settings.HTTP_CLIENT_SHARE),
                in.get(Settings.HTTP_TRUSTED_PROXIES).orElse(List.of()));
    }
}
