package io.alertstream.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ObjectNamesTest {

    private final ObjectNames v1 = new ObjectNames(ArchiveLayout.V1);
    private final ObjectNames v2 = new ObjectNames(ArchiveLayout.V2);

    @Test
    void v1() {
        assertThat(v1.alert(7912941781254298L)).isEqualTo("/alert_archive/v1/alerts/7912941781254298.avro.gz");
        assertThat(v1.plainAlert(7912941781254298L)).isEqualTo("/alert_archive/v1/alerts/7912941781254298.avro");
        assertThat(v1.schema(900)).isEqualTo("/alert_archive/v1/schemas/900.json");
    }

    @Test
    void v2() {
        assertThat(v2.alert(7912941781254298L)).isEqualTo("v2/alerts/791294/7912941781254298.avro.gz");
        assertThat(v2.plainAlert(7912941781254298L)).isEqualTo("v2/alerts/791294/7912941781254298.avro");
        assertThat(v2.schema(900)).isEqualTo("v2/schemas/900.json");
        assertThat(v2.alert(Long.MAX_VALUE)).isEqualTo("v2/alerts/922337/9223372036854775807.avro.gz");
    }

    @Test
    void aShortIdIsItsOwnFolder() {
        assertThat(v2.alert(0)).isEqualTo("v2/alerts/0/0.avro.gz");
        assertThat(v2.alert(12345)).isEqualTo("v2/alerts/12345/12345.avro.gz");
        assertThat(v2.alert(123456)).isEqualTo("v2/alerts/123456/123456.avro.gz");
    }

    @Test
    void negativeIdsAreRefused() {
        assertThatThrownBy(() -> v1.alert(-1)).hasMessageContaining("-1");
    }

    @Test
    void schemaIdsAreUnsigned() {
        assertThat(v1.schema(-1)).isEqualTo("/alert_archive/v1/schemas/4294967295.json");
    }
}
