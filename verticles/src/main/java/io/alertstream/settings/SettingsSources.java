package io.alertstream.settings;

import io.alertstream.settings.InvalidSettingsException.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of this process's settings, by precedence: environment, ConfigMap of live settings, ConfigMap, file. The
 * ConfigMaps are polled every few seconds; a problem in one is reported and changes nothing.
 */
public final class SettingsSources {

    private static final Logger log = LoggerFactory.getLogger(SettingsSources.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final SettingsCatalog catalog;
    private final SettingValues environment;
    private final Optional<SettingValues> file;

    /** By precedence, highest first. */
    private final List<FollowedConfigMap> configMaps;

    private LiveSettings lastLive;

    /** Opens the ConfigMap of a name. */
    @FunctionalInterface
    interface ConfigMaps {
        SettingsConfigMap of(String name, boolean mayBeAbsent);
    }

    private SettingsSources(
            SettingsCatalog catalog,
            SettingValues environment,
            Optional<SettingValues> file,
            List<FollowedConfigMap> configMaps) {
        this.catalog = catalog;
        this.environment = environment;
        this.file = file;
        this.configMaps = List.copyOf(configMaps);
    }

    /** Opens the sources that the environment names, in this pod. */
    public static Future<SettingsSources> open(Vertx vertx, SettingsCatalog catalog, Map<String, String> environment) {
        return open(
                catalog,
                environment,
                (name, mayBeAbsent) -> new SettingsConfigMap(vertx, name, mayBeAbsent, new JsonObject()));
    }

    /**
     * Opens the sources that the environment names.
     *
     * @return fails with {@link InvalidSettingsException} if a source can't be read or has an unknown key
     */
    static Future<SettingsSources> open(
            SettingsCatalog catalog, Map<String, String> environment, ConfigMaps configMaps) {
        SettingValues ours = new SettingValues("environment", environment);
        try {
            Optional<SettingValues> file = file(catalog, ours);
            SettingsReader reader = new SettingsReader(present(ours, file));
            Optional<FollowedConfigMap> all = reader.get(Settings.CONFIG_MAP)
                    .map(name -> FollowedConfigMap.ofAllSettings(catalog, name, configMaps.of(name, false)));
            Optional<FollowedConfigMap> live = reader.get(Settings.LIVE_CONFIG_MAP)
                    .map(name -> FollowedConfigMap.ofLiveSettings(catalog, name, configMaps.of(name, true)));
            reader.finish();
            List<FollowedConfigMap> byPrecedence =
                    Stream.of(live, all).flatMap(Optional::stream).toList();
            SettingsSources sources = new SettingsSources(catalog, ours, file, byPrecedence);
            return openAll(byPrecedence).map(sources);
        } catch (InvalidSettingsException e) {
            return Future.failedFuture(e);
        }
    }

    /** Fails with the problems of all. */
    private static Future<Void> openAll(List<FollowedConfigMap> configMaps) {
        List<Future<Void>> opened =
                configMaps.stream().map(FollowedConfigMap::open).toList();
        return Future.join(opened).<Void>mapEmpty().recover(first -> {
            List<Problem> problems = opened.stream()
                    .filter(each -> each.cause() instanceof InvalidSettingsException)
                    .flatMap(each -> ((InvalidSettingsException) each.cause()).problems().stream())
                    .toList();
            return Future.failedFuture(problems.isEmpty() ? first : new InvalidSettingsException(problems));
        });
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
        file.ifPresent(source -> SourceCheck.keys(catalog, source, Set.of(Settings.CONFIG_FILE)));
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
        return Stream.of(
                        Stream.of(environment),
                        configMaps.stream().flatMap(map -> map.values().stream()),
                        file.stream())
                .flatMap(each -> each)
                .toList();
    }

    /**
     * Polls the ConfigMaps every few seconds and passes on the live settings whenever they change. A ConfigMap that is
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
     * Polls the ConfigMaps.
     *
     * @param interval from the end of one read to the next, so that an API that doesn't answer has one request at a time
     *     for each ConfigMap
     * @param onReport receives each problem once, and an empty text once there is none
     */
    void follow(Vertx vertx, Duration interval, Consumer<LiveSettings> onChange, Consumer<String> onReport) {
        lastLive = live();
        configMaps.forEach(map -> lookAfter(vertx, interval, map, onChange, onReport));
    }

    private void lookAfter(
            Vertx vertx,
            Duration interval,
            FollowedConfigMap map,
            Consumer<LiveSettings> onChange,
            Consumer<String> onReport) {
        vertx.setTimer(interval.toMillis(), timer -> map.look(onReport).onComplete(looked -> {
            LiveSettings now = live();
            if (!now.equals(lastLive)) {
                lastLive = now;
                onChange.accept(now);
            }
            lookAfter(vertx, interval, map, onChange, onReport);
        }));
    }

    private LiveSettings live() {
        return SettingsReader.read(list(), LiveSettings::read);
    }
}
