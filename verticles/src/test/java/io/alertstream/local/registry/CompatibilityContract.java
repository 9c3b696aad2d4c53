package io.alertstream.local.registry;

import static io.alertstream.local.registry.RegistryFixture.assertError;
import static io.alertstream.local.registry.RegistryFixture.fresh;
import static io.alertstream.local.registry.RegistryFixture.record;
import static io.alertstream.local.registry.RegistryFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.local.registry.Http.Answer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How new schemas are checked against old ones, and where the level of the check is set. */
interface CompatibilityContract extends RegistryFixture {

    String WITH_DEFAULT = record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\",\"default\":1}");
    String WITHOUT_DEFAULT = record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\"}");
    String OTHER_TYPE = record("{\"name\":\"a\",\"type\":\"string\"}");

    @ParameterizedTest
    @CsvSource({
        "NONE,                true,  true,  true",
        "BACKWARD,            true,  false, false",
        "BACKWARD_TRANSITIVE, true,  false, false",
        "FORWARD,             true,  true,  false",
        "FORWARD_TRANSITIVE,  true,  true,  false",
        "FULL,                true,  false, false",
        "FULL_TRANSITIVE,     true,  false, false"
    })
    default void checksCompatibility(String level, boolean withDefault, boolean withoutDefault, boolean otherType) {
        String path = "/subjects/" + subject() + "/versions";
        register(subject(), V1);
        setLevelOfExisting(level);
        List<String> candidates = List.of(WITH_DEFAULT, WITHOUT_DEFAULT, OTHER_TYPE);
        List<Boolean> expected = List.of(withDefault, withoutDefault, otherType);
        for (int i = 0; i < candidates.size(); i++) {
            JsonObject request = schema(candidates.get(i));
            boolean compatible = expected.get(i);
            for (String version : List.of("/1", "/latest", "")) {
                assertThat(http().post("/compatibility" + path + version, request)
                                .object()
                                .getBoolean("is_compatible"))
                        .as("%s %s", level, candidates.get(i))
                        .isEqualTo(compatible);
            }
            if (!compatible) {
                Answer refused = http().post(path, request);
                assertThat(refused.status()).as(refused.body()).isEqualTo(409);
                assertThat(refused.code()).isIn(409, 40901);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BACKWARD,            true",
        "BACKWARD_TRANSITIVE, false",
        "FULL,                false",
        "FORWARD,             true",
        "FORWARD_TRANSITIVE,  true"
    })
    default void transitiveLevelsCheckAllVersions(String level, boolean compatible) {
        // Only the transitive levels compare the third schema with the first, which lacks b.
        register(subject(), V1);
        setLevelOfExisting("NONE");
        register(subject(), WITHOUT_DEFAULT);
        setLevelOfExisting(level);
        String third = record("{\"name\":\"b\",\"type\":\"int\"},{\"name\":\"a\",\"type\":\"int\"},"
                + "{\"name\":\"c\",\"type\":\"int\"" + (level.startsWith("FULL") ? "" : ",\"default\":0") + "}");
        if (!differs(Feature.WHOLE_SUBJECT_COMPATIBILITY)) {
            assertThat(http().post("/compatibility/subjects/" + subject() + "/versions", schema(third))
                            .object()
                            .getBoolean("is_compatible"))
                    .isEqualTo(compatible);
        }
        assertThat(http().post("/subjects/" + subject() + "/versions", schema(third))
                        .status())
                .isEqualTo(compatible ? 200 : 409);
    }

    @Test
    default void explainsIncompatibilityOnRequest() {
        needs(Feature.VERBOSE_COMPATIBILITY);
        setLevel("BACKWARD");
        register(subject(), V1);
        JsonObject answer = http().post(
                        "/compatibility/subjects/" + subject() + "/versions/latest?verbose=true", schema(OTHER_TYPE))
                .object();
        assertThat(answer.getBoolean("is_compatible")).isFalse();
        assertThat(answer.getJsonArray("messages").encode()).contains("TYPE_MISMATCH");
    }

    @Test
    default void everySchemaIsCompatibleWithAnEmptySubject() {
        assertThat(http().post("/compatibility/subjects/" + subject() + "/versions/latest", schema(V1))
                        .object()
                        .getBoolean("is_compatible"))
                .isTrue();
        assertError(http().post("/compatibility/subjects/" + subject() + "/versions/1", schema(V1)), 404, 40402);
    }

    @Test
    default void subjectsHaveTheirOwnCompatibility() {
        register(subject(), fresh());
        setLevelOfExisting("FULL");
        assertThat(http().get("/config/" + subject() + "?defaultToGlobal=true")
                        .object()
                        .getString("compatibilityLevel"))
                .isEqualTo("FULL");
        assertThat(http().delete("/config/" + subject()).status()).isEqualTo(200);
    }

    @Test
    default void subjectsHaveCompatibilityBeforeTheyHaveSchemas() {
        needs(Feature.CONFIG_BEFORE_SCHEMAS);
        assertError(http().get("/config/" + subject()), 404, 40408);
        assertError(http().delete("/config/" + subject()), 404, 40401);
        String global = http().get("/config").object().getString("compatibilityLevel");
        assertThat(http().get("/config/" + subject() + "?defaultToGlobal=true")
                        .object()
                        .getString("compatibilityLevel"))
                .isEqualTo(global);
        setLevel("full");
        assertThat(http().get("/config/" + subject()).object().getString("compatibilityLevel"))
                .isEqualTo("FULL");
        assertThat(http().delete("/config/" + subject()).object().getString("compatibilityLevel"))
                .isEqualTo("FULL");
        assertError(http().get("/config/" + subject()), 404, 40408);
    }

    @Test
    default void theRegistryHasACompatibilityLevel() {
        String before = http().get("/config").object().getString("compatibilityLevel");
        try {
            assertThat(http().put("/config", new JsonObject().put("compatibility", "FORWARD"))
                            .status())
                    .isEqualTo(200);
            assertThat(http().get("/config").object().getString("compatibilityLevel"))
                    .isEqualTo("FORWARD");
        } finally {
            http().put("/config", new JsonObject().put("compatibility", before));
        }
    }

    @Test
    default void refusesAnUnknownLevel() {
        needs(Feature.UNKNOWN_LEVEL);
        assertError(http().put("/config", new JsonObject().put("compatibility", "SIDEWAYS")), 422, 42203);
        assertError(http().put("/config/" + subject(), new JsonObject()), 422, 42203);
    }
}
