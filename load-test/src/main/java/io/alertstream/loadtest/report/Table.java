package io.alertstream.loadtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of text in columns: the first left-aligned, the others right-aligned. */
public final class Table {

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... head) {
        rows.add(List.of(head));
    }

    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** A report's figures. */
    public static Table of(List<Figure> figures) {
        Table table = new Table("figure", "value", "unit");
        figures.forEach(figure -> table.row(figure.name(), number(figure.value()), figure.unit()));
        return table;
    }

    /** With as many digits as are significant. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e12) {
            return String.format(Locale.ROOT, "%,d", (long) value);
        }
        return String.format(
                Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String align = column == 0 ? "%-" : "  %";
                line.append(String.format(Locale.ROOT, align + width(column) + "s", row.get(column)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return Math.max(
                1, rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1));
    }
}
