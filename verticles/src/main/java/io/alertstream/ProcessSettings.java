package io.alertstream;

import io.alertstream.ops.LogFormat;
import io.alertstream.settings.LiveSettings;
import io.alertstream.settings.LogLevel;
import io.alertstream.settings.Role;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.util.List;
import java.util.stream.Collectors;

/** The settings that don't depend on the roles. */
record ProcessSettings(List<Role> roles, String opsHost, int opsPort, LogLevel logLevel, LogFormat logFormat) {

    ProcessSettings {
        roles = roles.stream().distinct().sorted().toList();
    }

    /** The role of log lines that don't belong to a particular role. */
    String roleInLogs() {
        return roles.stream().map(Role::toString).collect(Collectors.joining(","));
    }

    static ProcessSettings read(SettingsReader in) {
        List<Role> roles = in.get(Settings.ROLE);
        if (roles.contains(Role.LOCAL) && roles.size() > 1) {
            in.refuse(Settings.ROLE, "local alone: it already runs every role but audit");
        }
        return new ProcessSettings(
                roles,
                roles.contains(Role.LOCAL) ? LocalSettings.HOST : "0.0.0.0",
                in.get(Settings.OPS_PORT),
                LiveSettings.read(in).logLevel(),
                in.get(LogFormat.SETTING));
    }
}
