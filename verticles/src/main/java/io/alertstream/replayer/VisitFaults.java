package io.alertstream.replayer;

import io.alertstream.journal.FaultKind;
import io.alertstream.journal.FaultKind.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The faults of one visit: those of the visit are drawn at once, those of its alerts one by one. */
final class VisitFaults {

    private static final List<Scope> OF_ALERTS = List.of(Scope.ALERT, Scope.BROKEN_ALERT);

    private final FaultRecipes recipes;
    private final SplittableRandom random;
    private final Optional<FaultKind> ofVisit;
    private final Optional<FaultKind> ofStream;
    private final long place;

    /**
     * @param visit counted from 1 since the replayer started
     * @param alerts of the visit without faults
     */
    VisitFaults(FaultRecipes recipes, long visit, long alerts) {
        this.recipes = recipes;
        // Mixed, so that neighbouring seeds don't give neighbouring visits the same faults.
        this.random =
                new SplittableRandom(new SplittableRandom(recipes.seed()).nextLong() ^ (visit * 0x9E3779B97F4A7C15L));
        this.ofVisit = draw(List.of(Scope.VISIT));
        this.place = Math.round(alerts * random.nextDouble(0.1, 0.9));
        this.ofStream = List.of(FaultKind.NEW_MAJOR, FaultKind.NEW_MINOR).stream()
                .filter(kind -> recipes.of(kind)
                        .filter(recipe -> recipe.from() <= visit)
                        .isPresent())
                .findFirst();
    }

    /** The fault of the visit as a whole. */
    Optional<FaultKind> ofVisit() {
        return ofVisit;
    }

    /** The new version of its alerts, if it differs. */
    Optional<FaultKind> ofStream() {
        return ofStream;
    }

    /** The topic of its alerts, if it isn't the replay topic. */
    Optional<String> topic() {
        return ofStream.flatMap(kind -> recipe(kind).topic());
    }

    /** Number of alerts before the visit's own fault. */
    long place() {
        return ofVisit.equals(Optional.of(FaultKind.VISIT_MISSING)) ? 0 : place;
    }

    /** The fault of the next alert. */
    Optional<FaultKind> ofNextAlert() {
        return draw(OF_ALERTS);
    }

    FaultRecipe recipe(FaultKind kind) {
        return recipes.of(kind).orElseThrow();
    }

    /** For random choices within a fault. However many they are, the faults after it stay the same. */
    SplittableRandom random() {
        return random.split();
    }

    private Optional<FaultKind> draw(List<Scope> scopes) {
        double left = random.nextDouble();
        for (Map.Entry<FaultKind, FaultRecipe> recipe : recipes.recipes().entrySet()) {
            if (scopes.contains(recipe.getKey().scope())) {
                left -= recipe.getValue().rate();
                if (left < 0) {
                    return Optional.of(recipe.getKey());
                }
            }
        }
        return Optional.empty();
    }
}
