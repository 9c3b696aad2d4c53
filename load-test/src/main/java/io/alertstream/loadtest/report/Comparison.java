package io.alertstream.loadtest.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Two reports side by side: ratios of the figures in both, and differences between their environments. */
public final class Comparison {

    private static final double NOTABLE = 0.05;

    private final Report before;
    private final Report after;

    public Comparison(Report before, Report after) {
        this.before = before;
        this.after = after;
    }

    @Override
    public String toString() {
        Table table = new Table("figure", "A", "B", "B/A", "");
        Set<String> names = new LinkedHashSet<>();
        before.figures().forEach(figure -> names.add(figure.name()));
        after.figures().forEach(figure -> names.add(figure.name()));
        for (String name : names) {
            Figure a = before.figure(name).orElse(null);
            Figure b = after.figure(name).orElse(null);
            table.row(name, value(a), value(b), ratio(a, b), verdict(a, b));
        }
        return table + differences();
    }

    private static String value(Figure figure) {
        return figure == null ? "-" : (Table.number(figure.value()) + " " + figure.unit()).strip();
    }

    private static String ratio(Figure a, Figure b) {
        return a == null || b == null || a.value() == 0
                ? "-"
                : String.format(Locale.ROOT, "%.2f", b.value() / a.value());
    }

    private static String verdict(Figure a, Figure b) {
        if (a == null || b == null || a.better() == Figure.Better.NEITHER) {
            return "";
        }
        if (Math.abs(b.value() - a.value()) <= NOTABLE * Math.abs(a.value())) {
            return "";
        }
        return b.value() > a.value() == (a.better() == Figure.Better.HIGHER) ? "better" : "worse";
    }

    private String differences() {
        Map<String, String> all = new LinkedHashMap<>();
        note(all, before.environment(), after.environment());
        note(all, before.settings(), after.settings());
        before.workloads().forEach((key, value) -> {
            if (after.workloads().containsKey(key)) {
                note(all, "workload " + key, value, after.workloads().get(key));
            }
        });
        StringBuilder text = new StringBuilder();
        all.forEach((key, values) ->
                text.append("differs: ").append(key).append(": ").append(values).append('\n'));
        return text.toString();
    }

    private static void note(Map<String, String> all, Map<String, String> a, Map<String, String> b) {
        Set<String> keys = new LinkedHashSet<>(a.keySet());
        keys.addAll(b.keySet());
        keys.forEach(key -> note(all, key, a.getOrDefault(key, "-"), b.getOrDefault(key, "-")));
    }

    private static void note(Map<String, String> all, String key, String a, String b) {
        if (!a.equals(b)) {
            all.put(key, a + " | " + b);
        }
    }
}
