package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.alertstream.settings.LiveSettings;
import io.alertstream.settings.Setting;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.alertstream.storage.s3.S3Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AllSettingsTest {

    @Test
    void everyDeclaredSettingIsInTheCatalog() {
        List<Object> declared = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.alertstream")
                        .stream()
                        .map(JavaClass::getFields)
                        .flatMap(fields -> fields.stream())
                        .filter(field -> field.getRawType().isEquivalentTo(Setting.class))
                        .filter(field -> field.getModifiers().contains(JavaModifier.STATIC))
                        .map(AllSettingsTest::value)
                        .toList();

        assertThat(declared).hasSizeGreaterThan(30);
        assertThat(AllSettings.CATALOG.all().stream().map(setting -> (Object) setting))
                .containsAll(declared);
    }

    /** So that a store can be added or removed without touching the others'. */
    @Test
    void aStoresSettingsAreDeclaredInItsPackage() {
        assertThat(Settings.catalog().all())
                .extracting(Setting::name)
                .noneMatch(name -> name.startsWith("S3_") || name.startsWith("GCS_") || name.startsWith("STORAGE_"));
        assertThat(S3Settings.ALL).extracting(Setting::name).allMatch(name -> name.startsWith("S3_"));
    }

    /** A live setting missing from the record would change in the ConfigMap without reaching any role. */
    @Test
    void theLiveSettingsRecordCarriesEveryLiveSetting() {
        Map<String, String> others = Map.of("REPLAY_INTERVAL", "38s", "REPLAY_PAUSED", "true", "LOG_LEVEL", "warn");
        LiveSettings defaults = SettingsReader.read(List.of(), LiveSettings::read);

        List<Setting<?>> live =
                AllSettings.CATALOG.all().stream().filter(Setting::live).toList();

        assertThat(live.stream().map(Setting::name).collect(Collectors.toSet())).isEqualTo(others.keySet());
        for (Setting<?> setting : live) {
            SettingValues changed = new SettingValues("ConfigMap", Map.of(setting.name(), others.get(setting.name())));
            assertThat(SettingsReader.read(List.of(changed), LiveSettings::read))
                    .as(setting.name())
                    .isNotEqualTo(defaults);
        }
    }

    private static Object value(JavaField field) {
        try {
            var reflected = field.reflect();
            reflected.setAccessible(true);
            return reflected.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
