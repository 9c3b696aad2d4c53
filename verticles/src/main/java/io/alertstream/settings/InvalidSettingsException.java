package io.alertstream.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that can't be used: every problem at once. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * What is wrong with one setting.
     *
     * @param setting its name
     * @param found the value and where it comes from; never a secret's value
     * @param expected what would be right
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

    /** One setting whose value turned out to be unusable when it was used. */
    public static InvalidSettingsException of(Setting<?> setting, Object value, String expected) {
        return new InvalidSettingsException(List.of(new Problem(setting.name(), "= \"" + value + "\"", expected)));
    }

    /** A port that can't be listened on. */
    public static InvalidSettingsException port(Setting<?> setting, int port, Throwable cause) {
        InvalidSettingsException e = of(setting, port, freePort(cause));
        e.initCause(cause);
        return e;
    }

    /** What a port setting expects, when this port can't be listened on for the given reason. */
    public static String freePort(Throwable cause) {
        return "a free port, or 0 to pick one, but listening failed: " + cause.getMessage();
    }

    public List<Problem> problems() {
        return problems;
    }
}
