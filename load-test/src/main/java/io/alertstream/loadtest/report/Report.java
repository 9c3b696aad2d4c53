package io.alertstream.loadtest.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of one run of the program.
 *
 * @param startedAt ISO-8601, UTC
 * @param environment what it ran on
 * @param settings what was tested, without secrets
 * @param workloads what was done, as text
 * @param figures the results, named WORKLOAD/FIGURE or baseline/FIGURE
 */
public record Report(
        String startedAt,
        Map<String, String> environment,
        Map<String, String> settings,
        Map<String, String> workloads,
        List<Figure> figures) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public Report {
        figures = List.copyOf(figures);
    }

    /** This and further results under a name; if it has results already, under NAME-2, NAME-3 and so on. */
    public Report with(String name, List<Figure> more) {
        String free = name;
        for (int number = 2; hasResultsOf(free); number++) {
            free = name + "-" + number;
        }
        List<Figure> all = new ArrayList<>(figures);
        for (Figure figure : more) {
            all.add(figure.of(free));
        }
        return new Report(startedAt, environment, settings, workloads, all);
    }

    private boolean hasResultsOf(String name) {
        return figures.stream().anyMatch(figure -> figure.name().startsWith(name + "/"));
    }

    /** This with further settings. */
    public Report withSettings(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(more);
        return new Report(startedAt, environment, all, workloads, figures);
    }

    /** A result by its full name. */
    public Optional<Figure> figure(String name) {
        return figures.stream().filter(figure -> figure.name().equals(name)).findFirst();
    }

    /** For each rate with a baseline in this report, the fraction of the baseline that was reached. */
    public List<Figure> ratios() {
        List<Figure> ratios = new ArrayList<>();
        for (Figure figure : figures) {
            Baseline.of(figure.name())
                    .flatMap(this::figure)
                    .filter(baseline -> baseline.value() > 0 && !isSumOfGroups(figure))
                    .ifPresent(baseline -> ratios.add(new Figure(
                            figure.name() + " : " + baseline.name().replace("baseline/", ""),
                            figure.value() / baseline.value(),
                            "",
                            Figure.Better.HIGHER)));
        }
        return ratios;
    }

    /** Baselines have one consumer: the sum of several groups isn't a fraction of it. */
    private boolean isSumOfGroups(Figure rate) {
        return rate.name().endsWith("/consume.rate")
                && figure(rate.name().replace("/consume.rate", "/consume.groups"))
                        .filter(groups -> groups.value() > 1)
                        .isPresent();
    }

    /** As text that {@link #read} takes. */
    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void writeTo(Path file) {
        try {
            Files.writeString(file, json());
        } catch (IOException e) {
            throw new UncheckedIOException("the report can't be written to " + file, e);
        }
    }

    /**
     * Reads a report written earlier.
     *
     * @throws IllegalArgumentException if the file can't be read or holds no report
     */
    public static Report read(Path file) {
        try {
            return JSON.readValue(Files.readString(file), Report.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "expected a report of this program in %s: %s".formatted(file, e.getOriginalMessage()), e);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no report " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the report %s can't be read: %s".formatted(file, e), e);
        }
    }
}
