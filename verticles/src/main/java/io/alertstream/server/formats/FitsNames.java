package io.alertstream.server.formats;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of a file's extensions or of a table's columns: at most 68 characters, which is what fits into a card, and no two
 * that differ in upper and lower case only, for FITS doesn't tell such names apart.
 */
final class FitsNames {

    private static final int MAX_LENGTH = 68;

    private final Set<String> taken = new HashSet<>();

    /** The name itself if it is short enough and new, else one made from it with a number at its end. */
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
