package io.alertstream.local.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.local.registry.Http.Answer;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** What the parts of {@link RegistryContract} share: a client, a subject for each test, and common requests. */
interface RegistryFixture {

    /** Features in which registries are known to differ. */
    enum Feature {
        CONFIG_BEFORE_SCHEMAS,
        CONTEXTS,
        EMPTY_SCHEMA,
        ERRORS_OF_HTTP,
        FETCH_MAX_ID,
        FORMAT_OF_VERSIONS,
        LIST_OF_SCHEMAS,
        MEDIA_TYPES,
        METADATA,
        MODES,
        NORMALIZE,
        ONLY_AVRO,
        PAGES_AND_PREFIXES,
        PERMANENT_DELETE,
        SOFTLY_DELETED_IN_DETAIL,
        SUBJECTS_OF_AN_ID,
        UNKNOWN_LEVEL,
        VERBOSE_COMPATIBILITY,
        VERSION_OF_THE_CLIENT,
        WHOLE_SUBJECT_COMPATIBILITY
    }

    String V1 = record("{\"name\":\"a\",\"type\":\"int\"}");

    /** A client of the registry. */
    Http http();

    /** The current test's subject. */
    String subject();

    /** Whether the registry is known to differ in a feature. */
    boolean differs(Feature feature);

    /** Skips the test where the registry is known to differ. */
    void needs(Feature feature);

    /** A new subject, so that tests don't interfere with each other. */
    static String unique() {
        return "s-" + UUID.randomUUID();
    }

    /** A schema that no other test has. */
    static String fresh() {
        return "{\"type\":\"fixed\",\"name\":\"F" + UUID.randomUUID().toString().replace("-", "") + "\",\"size\":4}";
    }

    static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"r\",\"fields\":[" + fields + "]}";
    }

    static JsonObject schema(String document) {
        return new JsonObject().put("schema", document);
    }

    static void assertError(Answer answer, int status, int code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).as(answer.body()).isEqualTo(code);
        assertThat(answer.object().getString("message")).isNotBlank();
    }

    default int register(String subject, String document) {
        Answer answer = http().post("/subjects/" + Http.encode(subject) + "/versions", schema(document));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.object().getInteger("id");
    }

    /** Sets the level of a subject that has no schemas yet. */
    default void setLevel(String level) {
        assertThat(http().put("/config/" + subject(), new JsonObject().put("compatibility", level))
                        .object()
                        .getString("compatibility"))
                .isEqualToIgnoringCase(level);
    }

    default void setLevelOfExisting(String level) {
        assertThat(http().put("/config/" + subject(), new JsonObject().put("compatibility", level))
                        .status())
                .isEqualTo(200);
        assertThat(http().get("/config/" + subject()).object().getString("compatibilityLevel"))
                .isEqualTo(level);
    }
}
