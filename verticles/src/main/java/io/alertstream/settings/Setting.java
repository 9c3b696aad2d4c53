package io.alertstream.settings;

import java.util.Optional;

/**
 * A setting: its name, its default, and how its text is parsed.
 *
 * @param name of the environment variable, and of the key in a file or ConfigMap
 * @param defaultText the text used if the setting isn't set; empty if there is no default
 * @param defaultNote what {@code --help} shows as the default
 * @param form parses the text
 * @param help one sentence for {@code --help}
 * @param live whether a change in the ConfigMap reaches the running process
 * @param secret whether the value must not appear in any output
 * @param <T> type of the value
 */
public record Setting<T>(
        String name,
        Optional<String> defaultText,
        String defaultNote,
        Form<T> form,
        String help,
        boolean live,
        boolean secret) {

    /** Parses a setting's text. */
    @FunctionalInterface
    public interface Form<T> {
        /**
         * Parses the text.
         *
         * @throws IllegalArgumentException whose message says what is expected, such as {@code a port, 0 to 65535}
         */
        T parse(String text);
    }

    /** A setting with a default. */
    public static <T> Setting<T> of(String name, String defaultText, Form<T> form, String help) {
        return new Setting<>(name, Optional.of(defaultText), defaultText, form, help, false, false);
    }

    /** A setting that may be absent. */
    public static <T> Setting<Optional<T>> optional(String name, Form<T> form, String help) {
        return new Setting<>(name, Optional.empty(), "none", text -> Optional.of(form.parse(text)), help, false, false);
    }

    Setting<T> liveSetting() {
        return new Setting<>(name, defaultText, defaultNote, form, help, true, secret);
    }

    Setting<T> secretSetting() {
        return new Setting<>(name, defaultText, defaultNote, form, help, live, true);
    }

    public Setting<T> defaultShownAs(String note) {
        return new Setting<>(name, defaultText, note, form, help, live, secret);
    }
}
