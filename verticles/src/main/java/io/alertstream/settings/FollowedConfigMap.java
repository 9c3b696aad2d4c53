package io.alertstream.settings;

import io.alertstream.settings.InvalidSettingsException.Problem;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A ConfigMap and its last valid values, which stay in force while it is invalid, unreadable or gone. One of live
 * settings may be absent at the start: it is created once, by hand, so that nothing that deploys the other takes a live
 * change back.
 */
final class FollowedConfigMap {

    private final Setting<Optional<String>> namedBy;
    private final String name;
    private final SettingsConfigMap map;
    private final boolean mayBeAbsent;

    /** Refuses keys that don't belong there. */
    private final Consumer<SettingValues> keys;

    /** Refuses values of the wrong form. At the start, those are reported together with the other sources'. */
    private final Consumer<SettingValues> forms;

    private Optional<SettingValues> values = Optional.empty();
    private String lastReport = "";

    private FollowedConfigMap(
            Setting<Optional<String>> namedBy,
            String name,
            SettingsConfigMap map,
            boolean mayBeAbsent,
            Consumer<SettingValues> keys,
            Consumer<SettingValues> forms) {
        this.namedBy = namedBy;
        this.name = name;
        this.map = map;
        this.mayBeAbsent = mayBeAbsent;
        this.keys = keys;
        this.forms = forms;
    }

    /** The one that {@code CONFIG_MAP} names. */
    static FollowedConfigMap ofAllSettings(SettingsCatalog catalog, String name, SettingsConfigMap map) {
        Set<Setting<?>> outOfPlace = Set.of(Settings.CONFIG_FILE, Settings.CONFIG_MAP, Settings.LIVE_CONFIG_MAP);
        return new FollowedConfigMap(
                Settings.CONFIG_MAP,
                name,
                map,
                false,
                source -> SourceCheck.keys(catalog, source, outOfPlace),
                source -> SourceCheck.values(catalog, source));
    }

    /**
     * The one that {@code LIVE_CONFIG_MAP} names.
     *
     * @param map reads one that doesn't exist as an empty one
     */
    static FollowedConfigMap ofLiveSettings(SettingsCatalog catalog, String name, SettingsConfigMap map) {
        return new FollowedConfigMap(
                Settings.LIVE_CONFIG_MAP,
                name,
                map,
                true,
                source -> SourceCheck.liveKeys(catalog, source),
                source -> SourceCheck.values(catalog, source));
    }

    /** Its last valid values; empty if it has never been there. */
    Optional<SettingValues> values() {
        return values;
    }

    /**
     * Reads it for the first time.
     *
     * @return fails with {@link InvalidSettingsException} if it can't be read or has an unknown key
     */
    Future<Void> open() {
        return map.read()
                .recover(e -> Future.failedFuture(new InvalidSettingsException(
                        List.of(new Problem(namedBy.name(), "= " + name, e.getMessage())))))
                .map(read -> {
                    if (!read.isEmpty() || !mayBeAbsent) {
                        SettingValues source = source(read);
                        keys.accept(source);
                        values = Optional.of(source);
                    }
                    return null;
                });
    }

    /**
     * Reads it again.
     *
     * @param onReport receives each problem once, and an empty text once there is none
     * @return completes when the values are those of now, or a problem is reported; never fails
     */
    Future<Void> look(Consumer<String> onReport) {
        return map.read()
                .<String>map(this::take)
                .recover(e -> Future.succeededFuture(e.getMessage()))
                .map(problem -> {
                    if (!problem.equals(lastReport)) {
                        lastReport = problem;
                        onReport.accept(problem);
                    }
                    return null;
                });
    }

    /** The problem with these values, which are ignored then; or an empty text. */
    private String take(Map<String, String> read) {
        if (read.isEmpty() && mayBeAbsent) {
            // Whoever deletes it by mistake must not resume a paused stream.
            return values.isEmpty() || values.get().values().isEmpty()
                    ? ""
                    : "ConfigMap " + name + " is gone or empty; to end its settings, give them other values";
        }
        SettingValues source = source(read);
        try {
            keys.accept(source);
            forms.accept(source);
        } catch (InvalidSettingsException e) {
            return e.getMessage();
        }
        values = Optional.of(source);
        return "";
    }

    private SettingValues source(Map<String, String> read) {
        return new SettingValues("ConfigMap " + name, read);
    }
}
