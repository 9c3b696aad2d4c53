package io.alertstream;

import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.Setting;
import io.alertstream.settings.SettingsReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Refuses ports that are in use, together with all other problems of the settings. A port that is taken after this
 * check is reported when listening fails.
 */
final class PortCheck {

    private PortCheck() {}

    /** Reports the setting if its port is in use; 0 is always free. */
    static void refuseBusy(SettingsReader in, String host, Setting<Integer> setting) {
        refuseBusy(in, host, setting, in.get(setting));
    }

    static void refuseBusy(SettingsReader in, String host, Setting<?> setting, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            // Listening will fail and name the host.
            return;
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
        } catch (IOException e) {
            in.refuse(setting, InvalidSettingsException.freePort(e));
        }
    }
}
