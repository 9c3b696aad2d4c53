package io.alertstream.replayer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.alertstream.journal.FaultKind;
import io.alertstream.journal.FaultKind.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which faults happen how often: the file that {@code REPLAY_FAULTS} names.
 *
 * @param seed the same seed gives the same faults to the same visits of a run
 */
record FaultRecipes(long seed, Map<FaultKind, FaultRecipe> recipes) {

    private static final long MAX_BYTES = 1 << 20;

    private static final ObjectReader YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .reader();

    FaultRecipes {
        Map<FaultKind, FaultRecipe> ordered = new EnumMap<>(FaultKind.class);
        ordered.putAll(recipes);
        recipes = ordered;
    }

    /** The recipe for a fault, if there is one. */
    Optional<FaultRecipe> of(FaultKind kind) {
        return Optional.ofNullable(recipes.get(kind));
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException with everything that is wrong with it
     */
    static FaultRecipes read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException("a file of at most " + MAX_BYTES + " bytes");
            }
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalArgumentException("a readable text file; " + e, e);
        }
    }

    /** Parses a file's text. */
    static FaultRecipes parse(String text) {
        JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("YAML; " + e.getOriginalMessage(), e);
        }
        List<String> problems = new ArrayList<>();
        JsonNode seed = root.path("seed");
        JsonNode faults = root.path("faults");
        refuseOthers("", root, Set.of("seed", "faults"), problems);
        if (!seed.isMissingNode() && !seed.canConvertToLong()) {
            problems.add("seed to be a whole number");
        }
        if (!faults.isObject() || faults.isEmpty()) {
            problems.add("faults to be a map of at least one fault");
        }
        Map<FaultKind, FaultRecipe> recipes = new EnumMap<>(FaultKind.class);
        faults.properties().forEach(field -> FaultKind.of(field.getKey())
                .ifPresentOrElse(
                        kind -> recipes.put(kind, FaultRecipe.read(kind, field.getValue(), problems)),
                        () -> problems.add("no fault " + field.getKey() + ": there are " + kinds())));
        refuseSum(recipes, problems, "alerts", Scope.ALERT, Scope.BROKEN_ALERT);
        refuseSum(recipes, problems, "visits", Scope.VISIT);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("recipes for faults; expected " + String.join("; expected ", problems));
        }
        return new FaultRecipes(seed.asLong(0), recipes);
    }

    static void refuseOthers(String path, JsonNode node, Set<String> known, List<String> problems) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                problems.add("no " + path + name + ": there is " + new TreeSet<>(known));
            }
        });
    }

    /** Each alert, and each visit, has at most one fault. */
    private static void refuseSum(
            Map<FaultKind, FaultRecipe> recipes, List<String> problems, String what, Scope... scopes) {
        double sum = recipes.entrySet().stream()
                .filter(recipe -> List.of(scopes).contains(recipe.getKey().scope()))
                .mapToDouble(recipe -> recipe.getValue().rate())
                .sum();
        if (sum > 1) {
            problems.add("the rates of faults of %s to be at most 1 in all, not %s".formatted(what, sum));
        }
    }

    private static List<String> kinds() {
        return List.of(FaultKind.values()).stream().map(FaultKind::text).toList();
    }
}
