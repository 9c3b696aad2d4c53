package io.alertstream.settings;

import java.util.Map;

/**
 * Where settings come from.
 *
 * @param name how a message calls it, such as {@code environment} or {@code file settings.yaml}
 * @param values texts by setting name
 */
public record SettingValues(String name, Map<String, String> values) {

    public SettingValues {
        values = Map.copyOf(values);
    }
}
