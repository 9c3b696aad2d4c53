package io.alertstream;

import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.Setting;
import io.alertstream.settings.SettingsReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Refuses ports that are in use together with everything else that is wrong with the settings. Whoever takes a port
 * between this look and the listening is reported there.
 */
final class PortCheck {

    private PortCheck() {}

    /** Reports the setting if something else listens on its port; 0 is always free. */
    static void refuseBusy(SettingsReader in, String host, Setting<Integer> setting) {
        refuseBusy(in, host, setting, in.get(setting));
    }

    static void refuseBusy(SettingsReader in, String host, Setting<?> setting, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            // The listener will say so, and name the host.
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
