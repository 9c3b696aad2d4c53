package io.alertstream.settings;

/**
 * A setting whose change in the ConfigMap reaches the running process. Its value is read through {@link LiveSettings}
 * and nowhere else, so that no role keeps the value from startup.
 *
 * @param <T> the type of its value
 */
public final class LiveSetting<T> {

    private final Setting<T> setting;

    LiveSetting(Setting<T> setting) {
        this.setting = setting;
    }

    public String name() {
        return setting.name();
    }

    Setting<T> setting() {
        return setting;
    }
}
