package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaVersionTest {

    @Test
    void theIdIsThatOfTheSurveysRegistry() {
        assertThat(SchemaVersion.parse("7.1").id()).isEqualTo(701);
        assertThat(SchemaVersion.parse("11.0").id()).isEqualTo(1100);
    }

    @Test
    void versionsAreOrderedNumerically() {
        assertThat(SchemaVersion.parse("10.0")).isGreaterThan(SchemaVersion.parse("9.12"));
        assertThat(SchemaVersion.parse("9.12")).isGreaterThan(SchemaVersion.parse("9.2"));
    }

    @Test
    void theVersionIsReadFromTheNamespace() {
        assertThat(SchemaVersion.ofNamespace("lsst.v11_0")).contains(new SchemaVersion(11, 0));
        assertThat(SchemaVersion.ofNamespace("v7_4")).contains(new SchemaVersion(7, 4));
        assertThat(SchemaVersion.ofNamespace("lsst.v11_0.more")).isEmpty();
        assertThat(SchemaVersion.ofNamespace("lsst.alert")).isEmpty();
        assertThat(SchemaVersion.ofNamespace("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "11", "11.", "v11.0", "1.100", "-1.0", "1234567.0", "1.0 "})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> SchemaVersion.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MAJOR.MINOR");
    }
}
