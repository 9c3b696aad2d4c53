package io.alertstream.server.limits;

import io.alertstream.settings.Forms;
import io.alertstream.settings.Setting;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.util.List;
import java.util.Optional;

/**
 * How clients share the server.
 *
 * @param sharePercent of each bounded resource, such as connections, that one client may hold
 * @param proxies trusted to state the client's address
 */
public record ClientSettings(int sharePercent, List<AddressRange> proxies) {

    public static final Setting<Optional<List<AddressRange>>> TRUSTED_PROXIES = Setting.optional(
                    "HTTP_TRUSTED_PROXIES",
                    Forms.list(AddressRange::parse),
                    "addresses or ranges of proxies whose Forwarded or X-Forwarded-For names the client")
            .defaultShownAs("none: clients are identified by their connections");

    public ClientSettings {
        proxies = List.copyOf(proxies);
    }

    public static ClientSettings read(SettingsReader in) {
        return new ClientSettings(
                in.get(Settings.HTTP_CLIENT_SHARE), in.get(TRUSTED_PROXIES).orElse(List.of()));
    }
}
