package io.alertstream.settings;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds the setting that a misspelt name probably means. */
final class Spelling {

    private static final int MOST_LETTERS = 2;

    /** One mistake is allowed for every four letters: {@code HOME} isn't {@code ROLE}. */
    private static final int LETTERS_PER_MISTAKE = 4;

    private final SettingsCatalog catalog;

    Spelling(SettingsCatalog catalog) {
        this.catalog = catalog;
    }

    /** The setting with the nearest name, at most two letters away; case, dashes and dots don't matter. */
    Optional<String> meant(String written) {
        String name = written.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
        return catalog.names().stream()
                .filter(known -> distance(name, known) <= Math.min(MOST_LETTERS, known.length() / LETTERS_PER_MISTAKE))
                .min(Comparator.comparingInt(known -> distance(name, known)));
    }

    /** Names that resemble a setting, each with the setting that was probably meant. */
    Map<String, String> mistakes(SettingValues source) {
        Map<String, String> mistakes = new TreeMap<>();
        for (String name : source.values().keySet()) {
            if (!catalog.has(name)) {
                meant(name).ifPresent(setting -> mistakes.put(name, setting));
            }
        }
        return mistakes;
    }

    /** The edit distance, transpositions included (optimal string alignment). */
    static int distance(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
                cost[i][j] = Math.min(least, cost[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[from.length()][to.length()];
    }
}
