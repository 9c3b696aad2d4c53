package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.settings.Role;
import org.junit.jupiter.api.Test;

class HelpTest {

    @Test
    void everyRoleAndSettingIsListedWithItsDefault() {
        String help = Help.text();

        for (Role role : Role.values()) {
            assertThat(help).contains("  " + role + " ");
        }
        AllSettings.CATALOG.all().forEach(setting -> {
            assertThat(help).contains("  " + setting.name() + " ");
            setting.defaultText().ifPresent(text -> assertThat(help).contains("default: " + text));
        });
    }
}
