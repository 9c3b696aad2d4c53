package io.alertstream.storage;

import java.util.regex.Pattern;

/**
 * Names of objects that are valid in every store: segments of ASCII letters, digits, dots, dashes and underscores, none
 * beginning with a dot, with at most one leading slash. So no name leads out of a file store's root or to its temporary
 * files, every name means the same in a bucket and on disk, and comparing characters compares UTF-8 bytes.
 */
public final class ObjectName {

    /** The shorter of the limits of buckets (1,024 bytes) and of paths below a root. */
    private static final int MAX_LENGTH = 1_000;

    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}";
    private static final Pattern VALID = Pattern.compile("/?" + SEGMENT + "(?:/" + SEGMENT + ")*");

    private ObjectName() {}

    /**
     * Returns a name if it is valid.
     *
     * @throws IllegalArgumentException if it isn't: code that derives names from input must check the input
     */
    static String checked(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not the name of an object: \"" + shown(name) + "\"");
        }
        return name;
    }

    /**
     * Returns a prefix if valid names can begin with it; the empty prefix is valid.
     *
     * @throws IllegalArgumentException if no name begins like this
     */
    static String checkedPrefix(String prefix) {
        checked(prefix + "x");
        return prefix;
    }

    public static boolean isValid(String name) {
        return name.length() <= MAX_LENGTH && VALID.matcher(name).matches();
    }

    /** A name as it may stand in a log. */
    static String shown(String name) {
        String start = name.length() > 100 ? name.substring(0, 100) + "..." : name;
        return start.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
