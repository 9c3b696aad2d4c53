package io.alertstream.replayer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.journal.FaultKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultRecipesTest {

    @Test
    void everyRecipe() {
        FaultRecipes recipes = FaultRecipes.parse("""
                seed: 42
                faults:
                  duplicate: {rate: 0.01, delay: 500ms}
                  altered: {rate: 0.02}
                  reordered: {rate: 0.03, delay: 1s}
                  late: {rate: 0.04, delay: 2m}
                  oversize: {rate: 0.05, size: 1MiB}
                  bit-flipped: {rate: 0.06}
                  cut-short: {rate: 0.07}
                  empty: {rate: 0.08}
                  unknown-schema: {rate: 0.09}
                  visit-missing: {rate: 0.1}
                  visit-cut: {rate: 0.2}
                  stopped: {rate: 0.3, delay: 10s}
                  new-minor: {from: 40}
                  new-major: {from: 70, topic: alerts-v12}
                """);

        assertThat(recipes.seed()).isEqualTo(42);
        assertThat(recipes.recipes()).containsOnlyKeys(FaultKind.values());
        assertThat(recipes.of(FaultKind.DUPLICATE).orElseThrow().delay()).isEqualTo(Duration.ofMillis(500));
        assertThat(recipes.of(FaultKind.LATE).orElseThrow().delay()).isEqualTo(Duration.ofMinutes(2));
        assertThat(recipes.of(FaultKind.OVERSIZE).orElseThrow().bytes()).isEqualTo(1 << 20);
        assertThat(recipes.of(FaultKind.STOPPED).orElseThrow().rate()).isEqualTo(0.3);
        assertThat(recipes.of(FaultKind.NEW_MINOR).orElseThrow().from()).isEqualTo(40);
        assertThat(recipes.of(FaultKind.NEW_MAJOR).orElseThrow().topic()).hasValue("alerts-v12");
    }

    @Test
    void defaults() {
        FaultRecipes recipes = FaultRecipes.parse("faults: {late: {rate: 1}, oversize: {rate: 0}, stopped: {rate: 0}}");
        assertThat(recipes.seed()).isZero();
        assertThat(recipes.of(FaultKind.LATE).orElseThrow().delay()).isEqualTo(Duration.ofMinutes(3));
        assertThat(recipes.of(FaultKind.STOPPED).orElseThrow().delay()).isEqualTo(Duration.ofMinutes(1));
        assertThat(recipes.of(FaultKind.OVERSIZE).orElseThrow().bytes()).isEqualTo(8 << 20);
        assertThat(recipes.of(FaultKind.EMPTY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | faults to be a map",
                "faults: {} | faults to be a map",
                "faults: [late] | faults to be a map",
                "'faults: {late: {rate: 2}}' | faults.late.rate to be from 0 to 1",
                "'faults: {late: {rate: x}}' | faults.late.rate to be from 0 to 1",
                "'faults: {late: {delay: 3m}}' | faults.late.rate to be from 0 to 1",
                "'faults: {late: {rate: 1, delay: soon}}' | faults.late.delay to be up to an hour",
                "'faults: {late: {rate: 1, delay: 61m}}' | faults.late.delay to be up to an hour",
                "'faults: {reordered: {rate: 1, delay: 11s}}' | faults.reordered.delay to be up to 10 s",
                "'faults: {empty: {rate: 1, delay: 3m}}' | no faults.empty.delay",
                "'faults: {oversize: {rate: 1, size: 10MiB}}' | faults.oversize.size to be up to 9MiB",
                "'faults: {new-minor: {rate: 1}}' | faults.new-minor.from to be a visit",
                "'faults: {new-major: {from: 1}}' | faults.new-major.topic to be a topic",
                "'faults: {wrong: {rate: 1}}' | no fault wrong: there are [duplicate",
                "'faults: {late: {rate: 0.6}, empty: {rate: 0.6}}' | faults of alerts to be at most 1 in all",
                "'faults: {visit-cut: {rate: 0.6}, stopped: {rate: 0.6}}' | faults of visits to be at most 1 in all",
                "'{seed: a, faults: {late: {rate: 1}}}' | seed to be a whole number",
                "'{sed: 1, faults: {late: {rate: 1}}}' | no sed",
                "'faults: {late: {rate: 0}, late: {rate: 1}}' | YAML",
                "'faults: {late' | YAML"
            })
    void problemsAreNamed(String text, String problem) {
        assertThatThrownBy(() -> FaultRecipes.parse(text == null ? "" : text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void allProblemsAreReportedAtOnce() {
        assertThatThrownBy(() -> FaultRecipes.parse("{seed: a, faults: {late: {rate: 2}, wrong: {}}}"))
                .hasMessageContaining("seed to be")
                .hasMessageContaining("faults.late.rate")
                .hasMessageContaining("no fault wrong");
    }

    private static Map<Optional<FaultKind>, Integer> drawn(FaultRecipes recipes, long visit) {
        VisitFaults faults = new VisitFaults(recipes, visit, 1000);
        Map<Optional<FaultKind>, Integer> counts = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            counts.merge(faults.ofNextAlert(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void faultsHappenAtTheirRatesAndReproducibly() {
        FaultRecipes recipes = FaultRecipes.parse(
                "{seed: 5, faults: {late: {rate: 0.1}, empty: {rate: 0.3}, visit-cut: {rate: 0.5}}}");
        Map<Optional<FaultKind>, Integer> counts = drawn(recipes, 1);
        assertThat(counts.get(Optional.of(FaultKind.LATE))).isBetween(900, 1100);
        assertThat(counts.get(Optional.of(FaultKind.EMPTY))).isBetween(2800, 3200);
        assertThat(counts).hasSize(3);
        assertThat(drawn(recipes, 1)).isEqualTo(counts);
        assertThat(drawn(recipes, 2)).isNotEqualTo(counts);
        assertThat(drawn(new FaultRecipes(6, recipes.recipes()), 1)).isNotEqualTo(counts);
        Map<FaultKind, Integer> visits = new EnumMap<>(FaultKind.class);
        for (int visit = 1; visit <= 1000; visit++) {
            VisitFaults faults = new VisitFaults(recipes, visit, 1000);
            faults.ofVisit().ifPresent(kind -> visits.merge(kind, 1, Integer::sum));
            assertThat(faults.place()).isBetween(100L, 900L);
        }
        assertThat(visits.get(FaultKind.VISIT_CUT)).isBetween(430, 570);
    }

    @Test
    void aNewVersionAppliesFromItsVisitAndMajorReplacesMinor() {
        FaultRecipes recipes =
                FaultRecipes.parse("faults: {new-minor: {from: 3}, new-major: {from: 5, topic: alerts-v12}}");
        assertThat(new VisitFaults(recipes, 2, 1).ofStream()).isEmpty();
        assertThat(new VisitFaults(recipes, 3, 1).ofStream()).hasValue(FaultKind.NEW_MINOR);
        assertThat(new VisitFaults(recipes, 4, 1).ofStream()).hasValue(FaultKind.NEW_MINOR);
        assertThat(new VisitFaults(recipes, 5, 1).ofStream()).hasValue(FaultKind.NEW_MAJOR);
    }
}
