package io.alertstream.avro;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of an alert schema, such as 11.0.
 *
 * @param major 0 to 999999
 * @param minor 0 to 99, so that no two versions share an id
 */
public record SchemaVersion(int major, int minor) implements Comparable<SchemaVersion> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,2})");
    private static final Pattern NAMESPACE = Pattern.compile("(?:.*\\.)?v(\\d{1,6})_(\\d{1,2})");
    private static final Comparator<SchemaVersion> ORDER =
            Comparator.comparingInt(SchemaVersion::major).thenComparingInt(SchemaVersion::minor);

    public SchemaVersion {
        if (major < 0 || major > 999_999 || minor < 0 || minor > 99) {
            throw new IllegalArgumentException("a version MAJOR.MINOR with MINOR up to 99, not " + major + "." + minor);
        }
    }

    /**
     * Reads {@code MAJOR.MINOR}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static SchemaVersion parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a version MAJOR.MINOR such as 11.0, not \"" + text + "\"");
        }
        return new SchemaVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** The version in an alert schema's namespace, such as {@code lsst.v11_0}; empty if there is none. */
    public static Optional<SchemaVersion> ofNamespace(String namespace) {
        Matcher matcher = NAMESPACE.matcher(namespace);
        return matcher.matches()
                ? Optional.of(new SchemaVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** The schema id that the survey's public registry gives this version: {@code MAJOR * 100 + MINOR}. */
    public int id() {
        return major * 100 + minor;
    }

    @Override
    public int compareTo(SchemaVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
