package io.alertstream.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings that a program knows, by name, in the order in which {@code --help} shows them. Immutable. */
public final class SettingsCatalog {

    private final Map<String, Setting<?>> byName;

    /**
     * A catalog of these settings.
     *
     * @throws IllegalArgumentException if two of them have the same name
     */
    public SettingsCatalog(Collection<? extends Setting<?>> settings) {
        this.byName = new LinkedHashMap<>();
        for (Setting<?> setting : settings) {
            if (byName.putIfAbsent(setting.name(), setting) != null) {
                throw new IllegalArgumentException("two settings are named " + setting.name());
            }
        }
    }

    /** This catalog and one more setting, which is shown after the other one. */
    public SettingsCatalog with(Setting<?> setting, Setting<?> after) {
        return with(List.of(setting), after);
    }

    /** This catalog and more settings, which are shown after the other one. */
    public SettingsCatalog with(List<Setting<?>> more, Setting<?> after) {
        List<Setting<?>> settings = new ArrayList<>(byName.values());
        settings.addAll(settings.indexOf(after) + 1, more);
        return new SettingsCatalog(settings);
    }

    /** The same, after a live setting. */
    public SettingsCatalog with(Setting<?> setting, LiveSetting<?> after) {
        return with(setting, after.setting());
    }

    public Collection<Setting<?>> all() {
        return List.copyOf(byName.values());
    }

    /** The setting of that name; null if there is none. */
    public Setting<?> named(String name) {
        return byName.get(name);
    }

    public boolean has(String name) {
        return byName.containsKey(name);
    }

    Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }
}
