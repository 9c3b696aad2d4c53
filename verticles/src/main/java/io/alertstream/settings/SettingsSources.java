package io.alertstream.settings;

import io.alertstream.settings.InvalidSettingsException.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of this process's settings, by precedence: environment, ConfigMap, file. The ConfigMap is polled every
 * few seconds; a problem in it is reported and changes nothing.
 */
public final class SettingsSources {

    private static final Logger log = LoggerFactory.getLogger(SettingsSources.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final SettingsCatalog catalog;
    private final SettingValues environment;
    private final Optional<SettingValues> file;
    private final Optional<SettingsConfigMap> configMap;
    private Optional<SettingValues> lastConfigMap = Optional.empty();
    private String lastReport = "";

    private SettingsSources(
            SettingsCatalog catalog,
            SettingValues environment,
            Optional<SettingValues> file,
            Optional<SettingsConfigMap> configMap) {
        this.catalog = catalog;
        this.environment = environment;
        this.file = file;
        this.configMap = configMap;
    }

    /** Opens the sources that the environment names, in this pod. */
    public static Future<SettingsSources> open(Vertx vertx, SettingsCatalog catalog, Map<String, String> environment) {
        return open(catalog, environment, name -> new SettingsConfigMap(vertx, name, new JsonObject()));
    }

    /**
     * Opens the sources that the environment names.
     *
     * @param configMaps opens the ConfigMap of a name
     * @return fails with {@link InvalidSettingsException} if a source can't be read or has an unknown key
     */
    static Future<SettingsSources> open(
            SettingsCatalog catalog, Map<String, String> environment, Function<String, SettingsConfigMap> configMaps) {
        SettingValues ours = new SettingValues("environment", environment);
        try {
            Optional<SettingValues> file = file(catalog, ours);
            List<SettingValues> present = present(ours, file);
            Optional<String> map = SettingsReader.read(present, in -> in.get(Settings.CONFIG_MAP));
            SettingsSources sources = new SettingsSources(catalog, ours, file, map.map(configMaps));
            return sources.readConfigMap(map).map(sources);
        } catch (InvalidSettingsException e) {
            return Future.failedFuture(e);
        }
    }

    /**
     * The environment and the file that it names, highest precedence first; for commands that need no cluster.
     *
     * @throws InvalidSettingsException if the file can't be read or has an unknown key
     */
    public static List<SettingValues> withoutConfigMap(SettingsCatalog catalog, Map<String, String> environment) {
        SettingValues ours = new SettingValues("environment", environment);
        return present(ours, file(catalog, ours));
    }

    private static Optional<SettingValues> file(SettingsCatalog catalog, SettingValues environment) {
        Optional<SettingValues> file = SettingsReader.read(List.of(environment), in -> in.get(Settings.CONFIG_FILE))
                .map(at -> new SettingValues("file " + at, SettingsFile.read(at)));
        file.ifPresent(source -> refuseUnknownKeys(catalog, source, Set.of(Settings.CONFIG_FILE)));
        return file;
    }

    private static List<SettingValues> present(SettingValues environment, Optional<SettingValues> file) {
        return Stream.of(Optional.of(environment), file)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Environment variables that resemble a setting, each with the setting that was probably meant. Most environment
     * variables aren't ours, so these only get a warning.
     */
    public Map<String, String> misspelt() {
        return new Spelling(catalog).mistakes(environment);
    }

    /** The current sources, highest precedence first. */
    public List<SettingValues> list() {
        return Stream.of(Optional.of(environment), lastConfigMap, file)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Polls the ConfigMap every few seconds and passes on the live settings whenever they change. A ConfigMap that is
     * invalid or unreadable is reported once, and again when it has recovered; meanwhile the last valid values stay
     * in force.
     */
    public void follow(Vertx vertx, Consumer<LiveSettings> onChange) {
        follow(vertx, LOOK_AGAIN, onChange, problem -> {
            if (problem.isEmpty()) {
                log.info("ConfigMap usable again, its settings apply");
            } else {
                log.warn("ConfigMap unusable, settings unchanged: {}", problem);
            }
        });
    }

    /**
     * Polls the ConfigMap.
     *
     * @param interval from the end of one read to the next, so that an API that doesn't answer has one request at a time
     * @param onReport receives each problem once, and an empty text once there is none
     */
    void follow(Vertx vertx, Duration interval, Consumer<LiveSettings> onChange, Consumer<String> onReport) {
        Consumer<String> onNews = problem -> {
            if (!problem.equals(lastReport)) {
                lastReport = problem;
                onReport.accept(problem);
            }
        };
        configMap.ifPresent(map -> lookAfter(vertx, interval, map, onChange, onNews));
    }

    private void lookAfter(
            Vertx vertx,
            Duration interval,
            SettingsConfigMap map,
            Consumer<LiveSettings> onChange,
            Consumer<String> onReport) {
        vertx.setTimer(interval.toMillis(), timer -> map.read()
                .onSuccess(values -> take(values, onChange, onReport))
                .onFailure(e -> onReport.accept(e.getMessage()))
                .onComplete(looked -> lookAfter(vertx, interval, map, onChange, onReport)));
    }

    private void take(Map<String, String> values, Consumer<LiveSettings> onChange, Consumer<String> onReport) {
        Optional<SettingValues> before = lastConfigMap;
        LiveSettings live = SettingsReader.read(list(), LiveSettings::read);
        SettingValues source = new SettingValues(before.orElseThrow().name(), values);
        try {
            refuseUnknownKeys(catalog, source, Set.of(Settings.CONFIG_FILE, Settings.CONFIG_MAP));
            refuseUnreadable(source);
        } catch (InvalidSettingsException e) {
            onReport.accept(e.getMessage());
            return;
        }
        onReport.accept("");
        lastConfigMap = Optional.of(source);
        LiveSettings now = SettingsReader.read(list(), LiveSettings::read);
        if (!now.equals(live)) {
            onChange.accept(now);
        }
    }

    private Future<Void> readConfigMap(Optional<String> name) {
        return configMap
                .map(map -> map.read()
                        .recover(e -> Future.failedFuture(new InvalidSettingsException(
                                List.of(new Problem(Settings.CONFIG_MAP.name(), "= " + name.get(), e.getMessage())))))
                        .<Void>map(values -> {
                            SettingValues source = new SettingValues("ConfigMap " + name.get(), values);
                            refuseUnknownKeys(catalog, source, Set.of(Settings.CONFIG_FILE, Settings.CONFIG_MAP));
                            lastConfigMap = Optional.of(source);
                            return null;
                        }))
                .orElseGet(Future::succeededFuture);
    }

    /**
     * @param outOfPlace settings that name the sources, and so can't be in them
     */
    private static void refuseUnknownKeys(SettingsCatalog catalog, SettingValues source, Set<Setting<?>> outOfPlace) {
        List<Problem> problems = new ArrayList<>();
        for (String key : source.values().keySet()) {
            if (outOfPlace.stream().anyMatch(setting -> setting.name().equals(key))) {
                problems.add(new Problem(key, "in " + source.name(), "it in the environment"));
            } else if (!catalog.has(key)) {
                problems.add(new Problem(key, "in " + source.name(), "the name of a setting" + similar(catalog, key)));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** Checks every key of the source, whichever role uses it. */
    private void refuseUnreadable(SettingValues source) {
        SettingsReader reader = new SettingsReader(List.of(source));
        catalog.all().forEach(reader::get);
        reader.finish();
    }

    private static String similar(SettingsCatalog catalog, String key) {
        return new Spelling(catalog).meant(key).map(name -> ", perhaps " + name).orElse("; --help lists them");
    }
}
