package io.alertstream.settings;

import java.util.Locale;

/** What a process does: the values of {@code ROLE}. */
public enum Role {
    LOCAL("until stopped", "runs everything in one process: broker, registry and files instead of buckets"),
    SCHEMA_SYNC("one run", "registers the alert schemas in the schema registry"),
    LOADER("one run", "recreates the static topic and fills it with one visit of alerts"),
    REPLAYER("until stopped", "copies the static topic into the replay topic at a fixed interval"),
    INGESTER("until stopped", "archives every alert of its topics and the schemas they use"),
    SERVER("until stopped", "serves the archive over HTTP"),
    AUDIT("one run", "checks that every alert of its topics is in the archive, byte for byte"),
    SCORE("one run", "compares what a broker accepted with what the replayer published");

    private final String lives;
    private final String does;

    Role(String lives, String does) {
        this.lives = lives;
        this.does = does;
    }

    /** How long the role runs, for {@code --help}. */
    public String lives() {
        return lives;
    }

    /** What the role does, for {@code --help}. */
    public String does() {
        return does;
    }

    /** The form used in {@code ROLE} and in logs. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
