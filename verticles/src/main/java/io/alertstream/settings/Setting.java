package io.alertstream.settings;

import java.util.Optional;

/**
 * One setting: its name, what it is when nobody sets it, and how its text is read.
 *
 * @param name the same as environment variable and as key in a file or ConfigMap
 * @param defaultText the text that stands when nobody sets it; empty where there is no default
 * @param defaultNote what {@code --help} shows for the default where the text alone doesn't say it
 * @param form reads the text
 * @param help one sentence for {@code --help}
 * @param live whether a change in the ConfigMap reaches the running process
 * @param secret whether the value never appears in output
 * @param <T> what the text is read into
 */
public record Setting<T>(
        String name,
        Optional<String> defaultText,
        String defaultNote,
        Form<T> form,
        String help,
        boolean live,
        boolean secret) {

    /** Reads a setting's text. */
    @FunctionalInterface
    public interface Form<T> {
        /**
         * Reads the text.
         *
         * @throws IllegalArgumentException with what would be right as its message, such as {@code a port, 0 to 65535}
         */
        T parse(String text);
    }

    /** A setting with a default. */
    public static <T> Setting<T> of(String name, String defaultText, Form<T> form, String help) {
        return new Setting<>(name, Optional.of(defaultText), defaultText, form, help, false, false);
    }

    /** A setting that may be left out. */
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
