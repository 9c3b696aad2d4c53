package io.alertstream.storage;

import java.util.regex.Pattern;

/**
 * What may be the name of an object in every store: segments of ASCII letters, digits, dot, dash and underscore, none of
 * which begins with a dot, with at most one slash in front. So no name leads out of a file store's root or to its temporary
 * files, none means one thing in a bucket and another on disk, and comparing characters compares UTF-8 bytes.
 */
public final class ObjectName {

    /** The shorter of what buckets take (1,024 bytes) and what paths take below a root. */
    private static final int MAX_LENGTH = 1_000;

    private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}";
    private static final Pattern VALID = Pattern.compile("/?" + SEGMENT + "(?:/" + SEGMENT + ")*");

    private ObjectName() {}

    /**
     * Lets valid names through.
     *
     * @throws IllegalArgumentException if it isn't one: whoever makes names from input has to check the input
     */
    static String checked(String name) {
        if (!isValid(name)) {
            throw new IllegalArgumentException("not the name of an object: \"" + shown(name) + "\"");
        }
        return name;
    }

    /**
     * Lets the beginnings of valid names through, the empty one among them.
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

    private static String shown(String name) {
        String start = name.length() > 100 ? name.substring(0, 100) + "..." : name;
        return start.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
