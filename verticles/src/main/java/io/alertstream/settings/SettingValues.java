package io.alertstream.settings;

import java.util.Map;

/**
 * A source of settings.
 *
 * @param name for messages, such as {@code environment} or {@code file settings.yaml}
 * @param values texts by the name of the setting
 */
public record SettingValues(String name, Map<String, String> values) {

    public SettingValues {
        values = Map.copyOf(values);
    }
}
