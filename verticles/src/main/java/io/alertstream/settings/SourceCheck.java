package io.alertstream.settings;

import io.alertstream.settings.InvalidSettingsException.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a file or a ConfigMap may contain. Each check throws {@link InvalidSettingsException} with every problem. */
final class SourceCheck {

    private SourceCheck() {}

    /**
     * Every key is a setting.
     *
     * @param outOfPlace settings that name the sources, and so can't be in them
     */
    static void keys(SettingsCatalog catalog, SettingValues source, Set<Setting<?>> outOfPlace) {
        List<Problem> problems = new ArrayList<>();
        for (String key : source.values().keySet()) {
            if (outOfPlace.stream().anyMatch(setting -> setting.name().equals(key))) {
                problems.add(new Problem(key, "in " + source.name(), "it in the environment"));
            } else if (!catalog.has(key)) {
                problems.add(new Problem(key, "in " + source.name(), "the name of a setting" + similar(catalog, key)));
            }
        }
        finish(problems);
    }

    /** Every key is a live setting. */
    static void liveKeys(SettingsCatalog catalog, SettingValues source) {
        List<String> live =
                catalog.all().stream().filter(Setting::live).map(Setting::name).toList();
        finish(source.values().keySet().stream()
                .filter(key -> !live.contains(key))
                .map(key -> new Problem(key, "in " + source.name(), "a live setting: " + String.join(", ", live)))
                .toList());
    }

    /** Every value has its setting's form, whichever role uses it. */
    static void values(SettingsCatalog catalog, SettingValues source) {
        SettingsReader reader = new SettingsReader(List.of(source));
        catalog.all().forEach(reader::get);
        reader.finish();
    }

    private static void finish(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private static String similar(SettingsCatalog catalog, String key) {
        return new Spelling(catalog).meant(key).map(name -> ", perhaps " + name).orElse("; --help lists them");
    }
}
