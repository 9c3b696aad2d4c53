package io.alertstream.settings;

import io.alertstream.settings.InvalidSettingsException.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads settings from sources in order of precedence, and collects problems. An invalid setting reads as its default
 * until {@link #finish} reports all problems together, so that callers never see an invalid value.
 */
public final class SettingsReader {

    private final List<SettingValues> sources;
    private final List<Problem> problems;

    /**
     * @param sources by precedence, highest first
     */
    public SettingsReader(List<SettingValues> sources) {
        this(sources, new ArrayList<>());
    }

    private SettingsReader(List<SettingValues> sources, List<Problem> problems) {
        this.sources = List.copyOf(sources);
        this.problems = problems;
    }

    /** A reader that prefers this source to the others; both readers report their problems together. */
    public SettingsReader preferring(SettingValues source) {
        return new SettingsReader(
                Stream.concat(Stream.of(source), sources.stream()).toList(), problems);
    }

    /**
     * Reads a record of settings.
     *
     * @throws InvalidSettingsException with every problem found
     */
    public static <R> R read(List<SettingValues> sources, Function<SettingsReader, R> record) {
        SettingsReader reader = new SettingsReader(sources);
        R result = record.apply(reader);
        reader.finish();
        return result;
    }

    /** The setting's value, or its default if it isn't set or is invalid, which is a problem. */
    public <T> T get(Setting<T> setting) {
        Optional<SettingValues> source = source(setting);
        if (source.isPresent()) {
            String text = source.get().values().get(setting.name()).strip();
            try {
                return setting.form().parse(text);
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(setting.name(), found(setting), e.getMessage()));
            }
        }
        return defaultOf(setting);
    }

    /** The secret, given directly or in a file. Both together, or a file without a secret, are a problem. */
    public Optional<Secret> secret(Setting<Optional<Secret>> itself, Setting<Optional<Path>> inFile) {
        Optional<Secret> given = get(itself);
        Optional<Path> file = get(inFile);
        if (given.isPresent() && file.isPresent()) {
            refuse(inFile, "either this or " + itself.name() + ", not both");
        } else if (file.isPresent()) {
            try {
                return Optional.of(SecretFile.read(file.get()));
            } catch (IllegalArgumentException e) {
                refuse(inFile, e.getMessage());
            }
        }
        return given;
    }

    /** The file that the setting names, which holds a secret; one that holds none is a problem. */
    public Optional<Path> secretFile(Setting<Optional<Path>> setting) {
        Optional<Path> file = get(setting);
        try {
            file.ifPresent(SecretFile::read);
        } catch (IllegalArgumentException e) {
            refuse(setting, e.getMessage());
        }
        return file;
    }

    /** The file that the setting names. A missing or unreadable file is a problem. */
    public Optional<Path> file(Setting<Optional<Path>> setting) {
        Optional<Path> file = get(setting);
        if (file.isPresent() && !(Files.isRegularFile(file.get()) && Files.isReadable(file.get()))) {
            refuse(setting, "a readable file; " + file.get().toAbsolutePath() + " is " + state(file.get()));
        }
        return file;
    }

    /** The directory that the setting names. A missing or unreadable directory is a problem. */
    public Optional<Path> directory(Setting<Optional<Path>> setting) {
        Optional<Path> directory = get(setting);
        if (directory.isPresent() && !(Files.isDirectory(directory.get()) && Files.isReadable(directory.get()))) {
            refuse(
                    setting,
                    "a readable directory; " + directory.get().toAbsolutePath() + " is " + state(directory.get()));
        }
        return directory;
    }

    private static String state(Path path) {
        if (!Files.exists(path)) {
            return "missing";
        }
        if (!Files.isReadable(path)) {
            return "not readable by this user";
        }
        if (Files.isDirectory(path)) {
            return "a directory";
        }
        return Files.isRegularFile(path) ? "a file" : "neither a file nor a directory";
    }

    /**
     * Reads a record that this process can do without. Its problems aren't added to the others.
     *
     * @throws InvalidSettingsException with its problems
     */
    public <R> R apart(Function<SettingsReader, R> record) {
        return read(sources, record);
    }

    /** Whether any source sets it. */
    public boolean isSet(Setting<?> setting) {
        return source(setting).isPresent();
    }

    /** Reports a setting whose value is valid by itself but contradicts others. */
    public void refuse(Setting<?> setting, String expected) {
        problems.add(new Problem(setting.name(), found(setting), expected));
    }

    /**
     * Checks what settings refer to, such as the contents of a file. What the check refuses is added to the problems,
     * unless the same setting was refused before: a missing file can't be opened either.
     *
     * @param check throws {@link InvalidSettingsException} with the problems
     */
    public void check(Runnable check) {
        try {
            check.run();
        } catch (InvalidSettingsException e) {
            Set<String> refused = problems.stream().map(Problem::setting).collect(Collectors.toSet());
            e.problems().stream()
                    .filter(problem -> !refused.contains(problem.setting()))
                    .forEach(problems::add);
        }
    }

    /**
     * Finishes reading.
     *
     * @throws InvalidSettingsException if there were problems
     */
    public void finish() {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems.stream().distinct().toList());
        }
    }

    private String found(Setting<?> setting) {
        return source(setting)
                .map(source -> {
                    String text = setting.secret()
                            ? "(secret)"
                            : "\"" + source.values().get(setting.name()) + "\"";
                    return "= " + text + " (" + source.name() + ")";
                })
                .orElse("is not set");
    }

    private Optional<SettingValues> source(Setting<?> setting) {
        return sources.stream()
                .filter(source -> source.values().containsKey(setting.name()))
                .findFirst();
    }

    @SuppressWarnings("unchecked") // A setting without a default text is one of Optional: see Setting.optional.
    private static <T> T defaultOf(Setting<T> setting) {
        return setting.defaultText().map(setting.form()::parse).orElseGet(() -> (T) Optional.empty());
    }
}
