package io.alertstream.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Invalid settings, with every problem found. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * What is wrong with one setting.
     *
     * @param setting its name
     * @param found the value and its source; never the value of a secret
     * @param expected what would be valid
     */
    public record Problem(String setting, String found, String expected) {

        @Override
        public String toString() {
            return setting + " " + found + ": expected " + expected;
        }
    }

    private final transient List<Problem> problems;

    public InvalidSettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** A setting whose value proved invalid when it was used. */
    public static InvalidSettingsException of(Setting<?> setting, Object value, String expected) {
        return new InvalidSettingsException(List.of(new Problem(setting.name(), "= \"" + value + "\"", expected)));
    }

    /** A port that can't be listened on. */
    public static InvalidSettingsException port(Setting<?> setting, int port, Throwable cause) {
        InvalidSettingsException e = of(setting, port, freePort(cause));
        e.initCause(cause);
        return e;
    }

    /** What to expect of a port setting whose port can't be listened on. */
    public static String freePort(Throwable cause) {
        return "a free port, or 0 to pick one, but listening failed: " + cause.getMessage();
    }

    public List<Problem> problems() {
        return problems;
    }
}
