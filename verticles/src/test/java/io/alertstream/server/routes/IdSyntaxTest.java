package io.alertstream.server.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdSyntaxTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 7, 7912941781254298L, Long.MAX_VALUE})
    void anAlertsIdHasAnOptionalPrefix(long id) {
        assertThat(IdSyntax.alert(Long.toString(id))).hasValue(id);
        assertThat(IdSyntax.alert("LSST-AP-DS-" + id)).hasValue(id);
    }

    @Test
    void aSchemasIdIsAnInt() {
        assertThat(IdSyntax.schema("900")).hasValue(900);
        assertThat(IdSyntax.schema("2147483647")).hasValue(Integer.MAX_VALUE);
        assertThat(IdSyntax.schema("2147483648")).isEmpty();
        assertThat(IdSyntax.schema("LSST-AP-DS-900")).isEmpty();
    }

    static List<String> whatIsNoId() {
        return List.of(
                "",
                "-1",
                "+1",
                "1.0",
                "1e3",
                "0x10",
                " 1",
                "1 ",
                "1\n",
                "007",
                "00",
                "9223372036854775808",
                "99999999999999999999",
                "1".repeat(10_000),
                "\u0661\u0662\u0663",
                "\uff11",
                "\ud835\udfce",
                "1\0",
                "LSST-AP-DS-",
                "LSST-AP-DS--1",
                "LSST-AP-DS-LSST-AP-DS-1",
                "lsst-ap-ds-1",
                "../1",
                "1.avro");
    }

    @ParameterizedTest
    @MethodSource("whatIsNoId")
    void otherTextIsNotAnId(String text) {
        assertThat(IdSyntax.alert(text)).isEmpty();
        assertThat(IdSyntax.schema(text)).isEmpty();
    }
}
