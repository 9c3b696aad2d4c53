package io.alertstream.server.formats;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Unique names for a file's extensions or a table's columns: at most 68 characters, which fit into a card, and
 * distinct regardless of case, as FITS requires.
 */
final class FitsNames {

    private static final int MAX_LENGTH = 68;

    private final Set<String> taken = new HashSet<>();

    /** The name itself if it is short and unused, else a variant with a number at its end. */
    String unique(String name) {
        String candidate = cut(name, MAX_LENGTH);
        for (int number = 2; !taken.add(candidate.toUpperCase(Locale.ROOT)); number++) {
            String suffix = "_" + number;
            candidate = cut(name, MAX_LENGTH - suffix.length()) + suffix;
        }
        return candidate;
    }

    private static String cut(String name, int length) {
        return name.length() <= length ? name : name.substring(0, length);
    }
}
