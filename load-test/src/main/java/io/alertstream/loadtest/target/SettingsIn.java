package io.alertstream.loadtest.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Environment variables; reading them collects every problem. */
final class SettingsIn {

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    SettingsIn(Map<String, String> environment) {
        this.environment = environment;
    }

    /** A setting parsed by a form, which returns null or throws for an invalid value; null after a problem. */
    <T> T text(String name, String otherwise, String expected, Function<String, T> form) {
        String text = environment.getOrDefault(name, otherwise);
        try {
            T read = form.apply(text);
            if (read != null) {
                return read;
            }
        } catch (IllegalArgumentException e) {
            // reported below, like any other invalid value
        }
        problem("%s: expected %s, got \"%s\"".formatted(name, expected, text));
        return null;
    }

    private Optional<String> given(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    Optional<String> required(String name, Security because) {
        Optional<String> text = given(name);
        if (text.isEmpty()) {
            problem("%s: expected with KAFKA_SECURITY=%s".formatted(name, because));
        }
        return text;
    }

    /** The content of the file that a setting names, if it names one. */
    Optional<String> file(String name) {
        return given(name).flatMap(file -> content(name, file));
    }

    /** The content of the file that a setting has to name. */
    Optional<String> file(String name, Security because) {
        return required(name, because).flatMap(file -> content(name, file));
    }

    /** A secret: the setting's value, or the content of the file that the other setting names. */
    Optional<String> secret(String name, String fileName) {
        return given(name).or(() -> file(fileName).map(String::strip));
    }

    private Optional<String> content(String name, String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException | IllegalArgumentException e) {
            problem("%s: expected a readable file, got %s (%s)".formatted(name, file, e));
            return Optional.empty();
        }
    }

    void problem(String text) {
        problems.add(text);
    }

    void throwIfProblems() {
        if (!problems.isEmpty()) {
            throw new InvalidTargetsException(problems);
        }
    }
}
