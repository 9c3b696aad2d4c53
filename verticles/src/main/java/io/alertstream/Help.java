package io.alertstream;

import io.alertstream.settings.Role;
import io.alertstream.settings.Setting;

/** The text of {@code --help}. */
final class Help {

    private Help() {}

    static String text() {
        StringBuilder text = new StringBuilder("""
                Distributes the alerts of a sky survey.

                  java -jar alertstream.jar                        runs ROLE, or the whole system on this machine
                  java -jar alertstream.jar --write-sample FILE    writes SAMPLE_ALERTS made-up alerts as an Avro file
                  java -jar alertstream.jar --help | -h | --version

                Roles: ROLE names one, or several with commas

                """);
        for (Role role : Role.values()) {
            text.append("  %-12s %-14s %s%n".formatted(role, role.lives(), role.does()));
        }
        text.append("""

                Settings: environment variables, or keys of the ConfigMaps LIVE_CONFIG_MAP (live settings only) and
                CONFIG_MAP or of the file CONFIG_FILE, in this order. Live settings change while the process runs, when a
                ConfigMap changes.

                """);
        for (Setting<?> setting : AllSettings.CATALOG.all()) {
            text.append("  %-28s %s%s%n  %-28s default: %s%n"
                    .formatted(
                            setting.name(),
                            setting.help(),
                            setting.live() ? " (live)" : "",
                            "",
                            setting.defaultNote()));
        }
        text.append("""

                Durations are written 37s, 5m or PT37S, sizes 64MiB.
                Exit status: 0 done or stopped on request, 1 failed while running, 2 configuration unusable.
                """);
        return text.toString();
    }
}
