package io.alertstream.local.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.alertstream.local.registry.Http.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What clients of a schema registry rely on, written once and run against the embedded registry and against registries
 * of other hands. Every test works in subjects of its own. Where a registry is known to differ, it says so with its
 * reason in {@link #differences}, and the test that would fail is skipped with that reason.
 */
@Timeout(60)
abstract class RegistryContract {

    /** What registries are known to differ in. */
    enum Feature {
        CONFIG_BEFORE_SCHEMAS,
        CONTEXTS,
        EMPTY_SCHEMA,
        ERRORS_OF_HTTP,
        FETCH_MAX_ID,
        FORMAT_OF_VERSIONS,
        LIST_OF_SCHEMAS,
        MEDIA_TYPES,
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

    private static final String V1 = record("{\"name\":\"a\",\"type\":\"int\"}");
    private static final String WITH_DEFAULT =
            record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\",\"default\":1}");
    private static final String WITHOUT_DEFAULT =
            record("{\"name\":\"a\",\"type\":\"int\"},{\"name\":\"b\",\"type\":\"int\"}");
    private static final String OTHER_TYPE = record("{\"name\":\"a\",\"type\":\"string\"}");

    private Http http;
    private String subject;

    /** The address that the interface's paths are appended to. */
    abstract String base();

    /** What the registry is known to do otherwise, and why that is all right. */
    Map<Feature, String> differences() {
        return Map.of();
    }

    @BeforeEach
    void connect() {
        http = new Http(base());
        subject = unique();
    }

    /** A fresh subject, so that tests don't meet. */
    private static String unique() {
        return "s-" + UUID.randomUUID();
    }

    /** A schema that no other test has. */
    private static String fresh() {
        return "{\"type\":\"fixed\",\"name\":\"F" + UUID.randomUUID().toString().replace("-", "") + "\",\"size\":4}";
    }

    private static String record(String fields) {
        return "{\"type\":\"record\",\"name\":\"r\",\"fields\":[" + fields + "]}";
    }

    private void needs(Feature feature) {
        assumeFalse(
                differences().containsKey(feature),
                () -> "known difference " + feature + ": " + differences().get(feature));
    }

    private static JsonObject schema(String document) {
        return new JsonObject().put("schema", document);
    }

    private int register(String subject, String document) {
        Answer answer = http.post("/subjects/" + Http.encode(subject) + "/versions", schema(document));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.object().getInteger("id");
    }

    private static void assertError(Answer answer, int status, int code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).as(answer.body()).isEqualTo(code);
        assertThat(answer.object().getString("message")).isNotBlank();
    }

    // Registering and finding

    @Test
    void registersAndFindsAgain() {
        String document = fresh();
        int id = register(subject, document);
        Answer byId = http.get("/schemas/ids/" + id);
        assertThat(byId.status()).isEqualTo(200);
        assertThat(byId.object().getString("schema")).isEqualTo(document);
        assertThat(byId.object().getString("schemaType", "AVRO")).isEqualTo("AVRO");
        for (String version : List.of("1", "latest", "-1")) {
            JsonObject found =
                    http.get("/subjects/" + subject + "/versions/" + version).object();
            assertThat(found.getString("subject")).isEqualTo(subject);
            assertThat(found.getInteger("version")).isEqualTo(1);
            assertThat(found.getInteger("id")).isEqualTo(id);
            assertThat(found.getString("schema")).isEqualTo(document);
        }
        assertThat(http.get("/subjects").list()).contains(subject);
        assertThat(http.get("/subjects/" + subject + "/versions").array()).isEqualTo(new JsonArray().add(1));
    }

    @Test
    void registeringTwiceIsOnce() {
        String document = fresh();
        int id = register(subject, document);
        assertThat(register(subject, document)).isEqualTo(id);
        assertThat(register(subject, " " + document.replace(",", ", "))).isEqualTo(id);
        assertThat(http.get("/subjects/" + subject + "/versions").array()).hasSize(1);
    }

    @Test
    void equalSchemasShareAnIdAcrossSubjects() {
        String document = fresh();
        String other = unique();
        int id = register(subject, document);
        assertThat(register(other, document)).isEqualTo(id);
        assertThat(http.get("/subjects").list()).contains(subject, other);
    }

    @Test
    void tellsWhereAnIdIsUsed() {
        String document = fresh();
        int id = register(subject, document);
        String other = unique();
        register(other, document);
        assertThat(http.get("/schemas/ids/" + id + "/versions").list())
                .hasSize(2)
                .contains(new JsonObject().put("subject", subject).put("version", 1));
        if (!differences().containsKey(Feature.SUBJECTS_OF_AN_ID)) {
            assertThat(http.get("/schemas/ids/" + id + "/subjects").list()).containsExactlyInAnyOrder(subject, other);
        }
    }

    @Test
    void otherSchemasHaveOtherIds() {
        assertThat(register(subject, fresh())).isNotEqualTo(register(unique(), fresh()));
    }

    @Test
    void looksUp() {
        String document = fresh();
        int id = register(subject, document);
        JsonObject found = http.post("/subjects/" + subject, schema(document)).object();
        assertThat(found.getString("subject")).isEqualTo(subject);
        assertThat(found.getInteger("version")).isEqualTo(1);
        assertThat(found.getInteger("id")).isEqualTo(id);
        assertThat(found.getString("schema")).isEqualTo(document);
        assertError(http.post("/subjects/" + subject, schema(fresh())), 404, 40403);
        assertError(http.post("/subjects/" + unique(), schema(document)), 404, 40401);
    }

    @Test
    void saysWhatIsMissing() {
        register(subject, fresh());
        assertError(http.get("/schemas/ids/2000000000"), 404, 40403);
        assertError(http.get("/subjects/" + unique() + "/versions"), 404, 40401);
        assertError(http.get("/subjects/" + unique() + "/versions/1"), 404, 40401);
        assertError(http.get("/subjects/" + unique() + "/versions/latest"), 404, 40401);
        assertError(http.get("/subjects/" + subject + "/versions/7"), 404, 40402);
        assertError(http.delete("/subjects/" + unique()), 404, 40401);
        assertError(http.delete("/subjects/" + unique() + "/versions/1"), 404, 40401);
        assertError(http.delete("/subjects/" + subject + "/versions/7"), 404, 40402);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-2", "first", "99999999999"})
    void refusesVersionsThatCannotBe(String version) {
        needs(Feature.FORMAT_OF_VERSIONS);
        register(subject, fresh());
        assertError(http.get("/subjects/" + subject + "/versions/" + version), 422, 42202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"nonsense\"}", "{\"type\":\"record\",\"name\":\"r\"}", "{", "nonsense"})
    void refusesWhatIsNoSchema(String document) {
        assertError(http.post("/subjects/" + subject + "/versions", schema(document)), 422, 42201);
        assertError(http.get("/subjects/" + subject + "/versions"), 404, 40401);
    }

    @Test
    void refusesAnEmptySchema() {
        needs(Feature.EMPTY_SCHEMA);
        assertThat(http.post("/subjects/" + subject + "/versions", new JsonObject())
                        .status())
                .isEqualTo(422);
    }

    @Test
    void refusesOtherTypesOfSchema() {
        needs(Feature.ONLY_AVRO);
        for (String type : List.of("JSON", "PROTOBUF", "NONSENSE")) {
            JsonObject request = schema("{\"type\":\"object\"}").put("schemaType", type);
            assertError(http.post("/subjects/" + subject + "/versions", request), 422, 42201);
        }
        assertThat(http.get("/schemas/types").array()).isEqualTo(new JsonArray().add("AVRO"));
    }

    @Test
    void refusesReferences() {
        needs(Feature.ONLY_AVRO);
        register(subject, fresh());
        JsonObject reference =
                new JsonObject().put("name", "a").put("subject", subject).put("version", 1);
        JsonObject request = schema(V1).put("references", new JsonArray().add(reference));
        assertError(http.post("/subjects/" + unique() + "/versions", request), 422, 42201);
    }

    @Test
    void takesAnyNameOfASubject() {
        for (String name : List.of("with space", "ünïcode ✓", "plus+percent%41", "q?u#e&r=y", "a/b")) {
            String odd = name + subject;
            int id = register(odd, fresh());
            assertThat(http.get("/subjects").list()).contains(odd);
            JsonObject found = http.get("/subjects/" + Http.encode(odd) + "/versions/latest")
                    .object();
            assertThat(found.getString("subject")).isEqualTo(odd);
            assertThat(found.getInteger("id")).isEqualTo(id);
        }
    }

    @Test
    void refusesContexts() {
        needs(Feature.CONTEXTS);
        assertThat(http.get("/contexts").list()).isEqualTo(List.of("."));
        assertError(http.post("/subjects/" + Http.encode(":.c:s") + "/versions", schema(V1)), 422, 42208);
    }

    @Test
    void givesTheBareSchema() {
        String document = fresh();
        int id = register(subject, document);
        assertThat(http.get("/schemas/ids/" + id + "/schema").body()).isEqualTo(document);
        assertThat(http.get("/subjects/" + subject + "/versions/1/schema").body())
                .isEqualTo(document);
        assertThat(http.get("/subjects/" + subject + "/versions/latest/schema").body())
                .isEqualTo(document);
    }

    @Test
    void keepsDocsAndProperties() {
        String document = "{\"type\":\"record\",\"name\":\"r\",\"doc\":\"of " + subject
                + "\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"doc\":\"in nJy\",\"unit\":\"nJy\"}],\"z\":1}";
        int id = register(subject, document);
        assertThat(new JsonObject(http.get("/schemas/ids/" + id).object().getString("schema")))
                .isEqualTo(new JsonObject(document));
    }

    @Test
    void normalizesOnRequest() {
        needs(Feature.NORMALIZE);
        String name = "N" + UUID.randomUUID().toString().replace("-", "");
        String one = "{\"type\":\"fixed\",\"name\":\"" + name + "\",\"size\":4,\"a\":1,\"b\":2}";
        String two = "{\"type\":\"fixed\",\"name\":\"" + name + "\",\"size\":4,\"b\":2,\"a\":1}";
        String path = "/subjects/" + subject;
        Answer first = http.post(path + "/versions?normalize=true", schema(one));
        Answer second = http.post(path + "/versions?normalize=true", schema(two));
        assertThat(second.object().getInteger("id")).isEqualTo(first.object().getInteger("id"));
        assertThat(http.get(path + "/versions").array()).hasSize(1);
        assertThat(http.post(path + "?normalize=true", schema(two)).status()).isEqualTo(200);
        assertError(http.post(path, schema(two)), 404, 40403);
    }

    @Test
    void tellsTheGreatestIdOnRequest() {
        needs(Feature.FETCH_MAX_ID);
        int id = register(subject, fresh());
        int next = register(subject + "-2", fresh());
        assertThat(http.get("/schemas/ids/" + id + "?fetchMaxId=true").object().getInteger("maxId"))
                .isGreaterThanOrEqualTo(next);
        assertThat(http.get("/schemas/ids/" + id).object().containsKey("maxId")).isFalse();
    }

    @Test
    void takesASubjectAsAHintWithAnId() {
        int id = register(subject, fresh());
        assertThat(http.get("/schemas/ids/" + id + "?subject=" + subject).status())
                .isEqualTo(200);
    }

    @Test
    void listsSchemas() {
        needs(Feature.LIST_OF_SCHEMAS);
        setLevel("NONE");
        String first = fresh();
        String second = fresh();
        register(subject, first);
        register(subject, second);
        String ours = "/schemas?subjectPrefix=" + subject;
        assertThat(http.get(ours).array().stream().map(it -> ((JsonObject) it).getString("schema")))
                .containsExactly(first, second);
        assertThat(http.get(ours + "&latestOnly=true").array().stream()
                        .map(it -> ((JsonObject) it).getString("schema")))
                .containsExactly(second);
    }

    @Test
    void listsInPages() {
        needs(Feature.PAGES_AND_PREFIXES);
        setLevel("NONE");
        for (int i = 0; i < 4; i++) {
            register(subject, fresh());
        }
        String versions = "/subjects/" + subject + "/versions";
        assertThat(http.get(versions + "?offset=1&limit=2").array())
                .isEqualTo(new JsonArray().add(2).add(3));
        assertThat(http.get(versions + "?limit=-1").array()).hasSize(4);
    }

    @Test
    void listsSubjectsByPrefix() {
        needs(Feature.PAGES_AND_PREFIXES);
        register(subject, fresh());
        register(unique(), fresh());
        assertThat(http.get("/subjects?subjectPrefix=" + subject).list()).containsExactly(subject);
        assertThat(http.get("/subjects?subjectPrefix=" + Http.encode(":*:")).list())
                .contains(subject);
    }

    @Test
    void namesItsTypes() {
        assertThat(http.get("/schemas/types").list()).contains("AVRO");
    }

    // Deleting

    @Test
    void deletesASubjectSoftly() {
        String document = fresh();
        int id = register(subject, document);
        assertThat(http.delete("/subjects/" + subject).array()).isEqualTo(new JsonArray().add(1));
        assertThat(http.get("/subjects").list()).doesNotContain(subject);
        assertThat(http.get("/subjects?deleted=true").list()).contains(subject);
        assertError(http.get("/subjects/" + subject + "/versions"), 404, 40401);
        assertThat(http.get("/subjects/" + subject + "/versions?deleted=true").array())
                .hasSize(1);
        assertError(http.get("/subjects/" + subject + "/versions/1"), 404, 40401);
        assertThat(http.post("/subjects/" + subject, schema(document)).status()).isEqualTo(404);
        assertError(http.delete("/subjects/" + subject), 404, 40404);
        // Data that was written with it can still be read.
        assertThat(http.get("/schemas/ids/" + id).object().getString("schema")).isEqualTo(document);
    }

    @Test
    void listsWhatIsDeletedSoftlyOnRequest() {
        needs(Feature.SOFTLY_DELETED_IN_DETAIL);
        String document = fresh();
        int id = register(subject, document);
        http.delete("/subjects/" + subject);
        assertError(http.post("/subjects/" + subject, schema(document)), 404, 40401);
        assertThat(http.post("/subjects/" + subject + "?deleted=true", schema(document))
                        .status())
                .isEqualTo(200);
        assertThat(http.get("/subjects/" + subject + "/versions/1?deleted=true").status())
                .isEqualTo(200);
        assertThat(http.get("/subjects?deletedOnly=true").list()).contains(subject);
        assertThat(http.get("/schemas/ids/" + id + "/subjects").array()).isEmpty();
        assertThat(http.get("/schemas/ids/" + id + "/subjects?deleted=true").array())
                .hasSize(1);
        assertThat(http.get("/schemas/ids/" + id + "/versions?deleted=true").array())
                .hasSize(1);
    }

    @Test
    void registersAgainWhatWasDeletedSoftly() {
        String document = fresh();
        int id = register(subject, document);
        http.delete("/subjects/" + subject);
        assertThat(register(subject, document)).isEqualTo(id);
        assertThat(http.get("/subjects").list()).contains(subject);
    }

    @Test
    void replacesWhatWasDeletedSoftly() {
        needs(Feature.SOFTLY_DELETED_IN_DETAIL);
        String document = fresh();
        register(subject, document);
        http.delete("/subjects/" + subject);
        register(subject, document);
        assertThat(http.get("/subjects/" + subject + "/versions").array()).isEqualTo(new JsonArray().add(2));
        assertThat(http.get("/subjects/" + subject + "/versions?deleted=true").array())
                .isEqualTo(new JsonArray().add(2));
    }

    @Test
    void deletesAVersionSoftly() {
        register(subject, fresh());
        setLevelOfExisting("NONE");
        register(subject, fresh());
        assertThat(http.delete("/subjects/" + subject + "/versions/latest").body())
                .isEqualTo("2");
        assertError(http.get("/subjects/" + subject + "/versions/2"), 404, 40402);
        assertThat(http.get("/subjects/" + subject + "/versions/latest")
                        .object()
                        .getInteger("version"))
                .isEqualTo(1);
        register(subject, fresh());
        assertThat(http.get("/subjects/" + subject + "/versions").array())
                .isEqualTo(new JsonArray().add(1).add(3));
    }

    @Test
    void deletesAVersionSoftlyOnce() {
        needs(Feature.SOFTLY_DELETED_IN_DETAIL);
        register(subject, fresh());
        http.delete("/subjects/" + subject + "/versions/1");
        assertError(http.delete("/subjects/" + subject + "/versions/1"), 404, 40406);
        assertThat(http.get("/subjects/" + subject + "/versions?deletedOnly=true")
                        .array())
                .isEqualTo(new JsonArray().add(1));
    }

    @Test
    void deletesForGoodOnlyWhatIsDeletedSoftly() {
        needs(Feature.PERMANENT_DELETE);
        int id = register(subject, fresh());
        assertError(http.delete("/subjects/" + subject + "?permanent=true"), 404, 40405);
        assertError(http.delete("/subjects/" + subject + "/versions/1?permanent=true"), 404, 40407);
        http.delete("/subjects/" + subject + "/versions/1");
        assertThat(http.delete("/subjects/" + subject + "/versions/1?permanent=true")
                        .body())
                .isEqualTo("1");
        assertThat(http.get("/subjects?deleted=true").list()).doesNotContain(subject);
        assertError(http.get("/schemas/ids/" + id), 404, 40403);
    }

    @Test
    void deletesASubjectForGood() {
        needs(Feature.PERMANENT_DELETE);
        String other = unique();
        String document = fresh();
        int id = register(subject, document);
        register(other, document);
        http.put("/config/" + subject, new JsonObject().put("compatibility", "FULL"));
        http.delete("/subjects/" + subject);
        assertThat(http.delete("/subjects/" + subject + "?permanent=true").array())
                .isEqualTo(new JsonArray().add(1));
        assertError(http.delete("/subjects/" + subject), 404, 40401);
        assertError(http.get("/config/" + subject), 404, 40408);
        assertThat(http.get("/schemas/ids/" + id).status())
                .as("it lives on in %s", other)
                .isEqualTo(200);
        assertThat(register(subject, fresh())).isNotEqualTo(id);
        assertThat(http.get("/subjects/" + subject + "/versions").array()).isEqualTo(new JsonArray().add(1));
    }

    // Compatibility

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
    void checksCompatibility(String level, boolean withDefault, boolean withoutDefault, boolean otherType) {
        String path = "/subjects/" + subject + "/versions";
        register(subject, V1);
        setLevelOfExisting(level);
        List<String> candidates = List.of(WITH_DEFAULT, WITHOUT_DEFAULT, OTHER_TYPE);
        List<Boolean> expected = List.of(withDefault, withoutDefault, otherType);
        for (int i = 0; i < candidates.size(); i++) {
            JsonObject request = schema(candidates.get(i));
            boolean compatible = expected.get(i);
            for (String version : List.of("/1", "/latest", "")) {
                assertThat(http.post("/compatibility" + path + version, request)
                                .object()
                                .getBoolean("is_compatible"))
                        .as("%s %s", level, candidates.get(i))
                        .isEqualTo(compatible);
            }
            if (!compatible) {
                Answer refused = http.post(path, request);
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
    void transitiveLevelsLookFurtherBack(String level, boolean compatible) {
        // a, then b as well, then b without a default: only the second schema makes the third readable.
        register(subject, V1);
        setLevelOfExisting("NONE");
        register(subject, WITHOUT_DEFAULT);
        setLevelOfExisting(level);
        String third = record("{\"name\":\"b\",\"type\":\"int\"},{\"name\":\"a\",\"type\":\"int\"},"
                + "{\"name\":\"c\",\"type\":\"int\"" + (level.startsWith("FULL") ? "" : ",\"default\":0") + "}");
        if (!differences().containsKey(Feature.WHOLE_SUBJECT_COMPATIBILITY)) {
            assertThat(http.post("/compatibility/subjects/" + subject + "/versions", schema(third))
                            .object()
                            .getBoolean("is_compatible"))
                    .isEqualTo(compatible);
        }
        assertThat(http.post("/subjects/" + subject + "/versions", schema(third))
                        .status())
                .isEqualTo(compatible ? 200 : 409);
    }

    @Test
    void saysWhatIsIncompatibleOnRequest() {
        needs(Feature.VERBOSE_COMPATIBILITY);
        register(subject, V1);
        JsonObject answer = http.post(
                        "/compatibility/subjects/" + subject + "/versions/latest?verbose=true", schema(OTHER_TYPE))
                .object();
        assertThat(answer.getBoolean("is_compatible")).isFalse();
        assertThat(answer.getJsonArray("messages").encode()).contains("TYPE_MISMATCH");
    }

    @Test
    void everySchemaAgreesWithNothing() {
        assertThat(http.post("/compatibility/subjects/" + subject + "/versions/latest", schema(V1))
                        .object()
                        .getBoolean("is_compatible"))
                .isTrue();
        assertError(http.post("/compatibility/subjects/" + subject + "/versions/1", schema(V1)), 404, 40402);
    }

    @Test
    void subjectsHaveCompatibilityOfTheirOwn() {
        register(subject, fresh());
        setLevelOfExisting("FULL");
        assertThat(http.get("/config/" + subject + "?defaultToGlobal=true")
                        .object()
                        .getString("compatibilityLevel"))
                .isEqualTo("FULL");
        assertThat(http.delete("/config/" + subject).status()).isEqualTo(200);
    }

    @Test
    void subjectsHaveCompatibilityBeforeTheyHaveSchemas() {
        needs(Feature.CONFIG_BEFORE_SCHEMAS);
        assertError(http.get("/config/" + subject), 404, 40408);
        assertError(http.delete("/config/" + subject), 404, 40401);
        String global = http.get("/config").object().getString("compatibilityLevel");
        assertThat(http.get("/config/" + subject + "?defaultToGlobal=true")
                        .object()
                        .getString("compatibilityLevel"))
                .isEqualTo(global);
        setLevel("full");
        assertThat(http.get("/config/" + subject).object().getString("compatibilityLevel"))
                .isEqualTo("FULL");
        assertThat(http.delete("/config/" + subject).object().getString("compatibilityLevel"))
                .isEqualTo("FULL");
        assertError(http.get("/config/" + subject), 404, 40408);
    }

    @Test
    void theRegistryHasACompatibilityLevel() {
        String before = http.get("/config").object().getString("compatibilityLevel");
        try {
            assertThat(http.put("/config", new JsonObject().put("compatibility", "FORWARD"))
                            .status())
                    .isEqualTo(200);
            assertThat(http.get("/config").object().getString("compatibilityLevel"))
                    .isEqualTo("FORWARD");
        } finally {
            http.put("/config", new JsonObject().put("compatibility", before));
        }
    }

    @Test
    void refusesAnUnknownLevel() {
        needs(Feature.UNKNOWN_LEVEL);
        assertError(http.put("/config", new JsonObject().put("compatibility", "SIDEWAYS")), 422, 42203);
        assertError(http.put("/config/" + subject, new JsonObject()), 422, 42203);
    }

    /** Before there are schemas. */
    private void setLevel(String level) {
        assertThat(http.put("/config/" + subject, new JsonObject().put("compatibility", level))
                        .object()
                        .getString("compatibility"))
                .isEqualToIgnoringCase(level);
    }

    private void setLevelOfExisting(String level) {
        assertThat(http.put("/config/" + subject, new JsonObject().put("compatibility", level))
                        .status())
                .isEqualTo(200);
        assertThat(http.get("/config/" + subject).object().getString("compatibilityLevel"))
                .isEqualTo(level);
    }

    // Modes

    @Test
    void theRegistryIsWritableAtFirst() {
        needs(Feature.MODES);
        assertThat(http.get("/mode").object().getString("mode")).isEqualTo("READWRITE");
    }

    @Test
    void subjectsHaveAModeOfTheirOwn() {
        needs(Feature.MODES);
        assertError(http.get("/mode/" + subject), 404, 40409);
        assertThat(http.get("/mode/" + subject + "?defaultToGlobal=true")
                        .object()
                        .getString("mode"))
                .isEqualTo("READWRITE");
        setMode("READONLY");
        assertThat(http.get("/mode/" + subject).object().getString("mode")).isEqualTo("READONLY");
        assertThat(http.delete("/mode/" + subject).object().getString("mode")).isEqualTo("READONLY");
        assertError(http.get("/mode/" + subject), 404, 40409);
        assertError(http.put("/mode/" + subject, new JsonObject().put("mode", "SIDEWAYS")), 422, 42204);
    }

    @Test
    void readOnlyMeansReadOnly() {
        needs(Feature.MODES);
        String document = fresh();
        register(subject, document);
        setMode("READONLY");
        assertThat(register(subject, document))
                .as("what is there may be registered again")
                .isPositive();
        assertError(http.post("/subjects/" + subject + "/versions", schema(fresh())), 422, 42205);
        assertError(http.delete("/subjects/" + subject), 422, 42205);
        assertError(http.delete("/subjects/" + subject + "/versions/1"), 422, 42205);
        assertError(http.put("/config/" + subject, new JsonObject().put("compatibility", "NONE")), 422, 42205);
    }

    @Test
    void importLetsTheClientChooseIds() {
        needs(Feature.MODES);
        String path = "/subjects/" + subject + "/versions";
        String document = fresh();
        int id = 1_000_000 + (subject.hashCode() & 0xfffff);
        assertError(http.post(path, schema(document).put("id", id)), 422, 42205);
        setMode("IMPORT");
        assertThat(http.post(path, schema(document).put("id", id)).object().getInteger("id"))
                .isEqualTo(id);
        assertThat(http.post(path, schema(document).put("id", id)).object().getInteger("id"))
                .isEqualTo(id);
        assertThat(http.get("/schemas/ids/" + id).object().getString("schema")).isEqualTo(document);
        assertError(http.post(path, schema(fresh()).put("id", id)), 422, 42205);
        assertThat(http.get("/schemas/ids/" + id).object().getString("schema")).isEqualTo(document);
        assertError(http.post(path, schema(fresh())), 422, 42205);
        // Ids and versions of the client's choice, and no compatibility check.
        assertThat(http.post(path, schema(fresh()).put("id", id + 7).put("version", 5))
                        .object()
                        .getInteger("id"))
                .isEqualTo(id + 7);
        assertThat(http.get(path).array()).isEqualTo(new JsonArray().add(1).add(5));
        // The same schema under a second id.
        assertThat(http.post(path, schema(document).put("id", id + 8)).object().getInteger("id"))
                .isEqualTo(id + 8);
        http.delete("/mode/" + subject);
        assertThat(register(unique(), fresh())).isGreaterThan(id + 8);
    }

    @Test
    void importNeedsForceWhereThereAreSchemas() {
        needs(Feature.MODES);
        register(subject, fresh());
        JsonObject request = new JsonObject().put("mode", "IMPORT");
        assertError(http.put("/mode/" + subject, request), 422, 42205);
        assertThat(http.put("/mode/" + subject + "?force=true", request)
                        .object()
                        .getString("mode"))
                .isEqualTo("IMPORT");
        http.delete("/mode/" + subject);
    }

    @Test
    void aVersionOfTheClientsChoiceMustFollow() {
        needs(Feature.VERSION_OF_THE_CLIENT);
        String path = "/subjects/" + subject + "/versions";
        assertThat(http.post(path, schema(fresh()).put("version", 1)).status()).isEqualTo(200);
        assertError(http.post(path, schema(fresh()).put("version", 7)), 422, 42201);
    }

    private void setMode(String mode) {
        assertThat(http.put("/mode/" + subject, new JsonObject().put("mode", mode))
                        .object()
                        .getString("mode"))
                .isEqualTo(mode);
    }

    // HTTP

    @ParameterizedTest
    @ValueSource(
            strings = {
                Http.JSON_V1,
                "application/vnd.schemaregistry+json",
                "application/json",
                "application/json; charset=utf-8"
            })
    void takesTheUsualContentTypes(String type) {
        String body = schema(fresh()).encode();
        assertThat(http.send("POST", "/subjects/" + subject + "/versions", body, type, null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answersInTheTypeThatTheClientPrefers() {
        needs(Feature.MEDIA_TYPES);
        assertThat(http.send("GET", "/subjects", null, null, null).contentType())
                .isEqualTo(Http.JSON_V1);
        assertThat(http.send("GET", "/subjects", null, null, "*/*").contentType())
                .isEqualTo(Http.JSON_V1);
        assertThat(http.send("GET", "/subjects", null, null, "application/json").contentType())
                .isEqualTo("application/json");
        assertThat(http.send("GET", "/subjects", null, null, "text/html, application/vnd.schemaregistry+json;q=0.5")
                        .contentType())
                .isEqualTo("application/vnd.schemaregistry+json");
        assertError(http.send("GET", "/subjects", null, null, "text/html"), 406, 406);
        String body = schema(V1).encode();
        assertError(http.send("POST", "/subjects/" + subject + "/versions", body, "text/plain", null), 415, 415);
    }

    @Test
    void refusesWhatIsNoRequest() {
        needs(Feature.ERRORS_OF_HTTP);
        for (String body : List.of("{\"schema\":", "[]", "5", "", "\u0000")) {
            assertError(http.send("POST", "/subjects/" + subject + "/versions", body, Http.JSON_V1, null), 400, 400);
        }
        assertError(http.get("/nowhere"), 404, 404);
        assertError(http.get("/schemas/ids/abc"), 404, 404);
        assertError(http.send("PUT", "/subjects", "{}", Http.JSON_V1, null), 405, 405);
        String endless = schema("x".repeat(3 << 20)).encode();
        assertError(http.send("POST", "/subjects/" + subject + "/versions", endless, Http.JSON_V1, null), 413, 413);
    }

    @Test
    void refusesASchemaThatNestsWithoutEnd() {
        String deep = "{\"type\":\"array\",\"items\":".repeat(20_000) + "\"int\"" + "}".repeat(20_000);
        Answer answer = http.post("/subjects/" + subject + "/versions", schema(deep));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    }

    @Test
    void answersHead() {
        Answer head = http.send("HEAD", "/subjects", null, null, null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(http.send("HEAD", "/schemas/ids/2000000000", null, null, null)
                        .status())
                .isEqualTo(404);
    }
}
