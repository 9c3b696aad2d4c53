package io.alertstream.local.registry;

import static io.alertstream.local.registry.RegistryFixture.assertError;
import static io.alertstream.local.registry.RegistryFixture.fresh;
import static io.alertstream.local.registry.RegistryFixture.schema;
import static io.alertstream.local.registry.RegistryFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How schemas, versions and subjects are looked up and listed, and the errors for those that don't exist. */
interface LookupContract extends RegistryFixture {

    @Test
    default void looksUpASchema() {
        String document = fresh();
        int id = register(subject(), document);
        JsonObject found =
                http().post("/subjects/" + subject(), schema(document)).object();
        assertThat(found.getString("subject")).isEqualTo(subject());
        assertThat(found.getInteger("version")).isEqualTo(1);
        assertThat(found.getInteger("id")).isEqualTo(id);
        assertThat(found.getString("schema")).isEqualTo(document);
        assertError(http().post("/subjects/" + subject(), schema(fresh())), 404, 40403);
        assertError(http().post("/subjects/" + unique(), schema(document)), 404, 40401);
    }

    @Test
    default void reportsWhatIsMissing() {
        register(subject(), fresh());
        assertError(http().get("/schemas/ids/2000000000"), 404, 40403);
        assertError(http().get("/subjects/" + unique() + "/versions"), 404, 40401);
        assertError(http().get("/subjects/" + unique() + "/versions/1"), 404, 40401);
        assertError(http().get("/subjects/" + unique() + "/versions/latest"), 404, 40401);
        assertError(http().get("/subjects/" + subject() + "/versions/7"), 404, 40402);
        assertError(http().delete("/subjects/" + unique()), 404, 40401);
        assertError(http().delete("/subjects/" + unique() + "/versions/1"), 404, 40401);
        assertError(http().delete("/subjects/" + subject() + "/versions/7"), 404, 40402);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-2", "first", "99999999999"})
    default void refusesInvalidVersions(String version) {
        needs(Feature.FORMAT_OF_VERSIONS);
        register(subject(), fresh());
        assertError(http().get("/subjects/" + subject() + "/versions/" + version), 422, 42202);
    }

    @Test
    default void listsTheUsesOfAnId() {
        String document = fresh();
        int id = register(subject(), document);
        String other = unique();
        register(other, document);
        assertThat(http().get("/schemas/ids/" + id + "/versions").list())
                .hasSize(2)
                .contains(new JsonObject().put("subject", subject()).put("version", 1));
        if (!differs(Feature.SUBJECTS_OF_AN_ID)) {
            assertThat(http().get("/schemas/ids/" + id + "/subjects").list())
                    .containsExactlyInAnyOrder(subject(), other);
        }
    }

    @Test
    default void returnsTheBareSchema() {
        String document = fresh();
        int id = register(subject(), document);
        assertThat(http().get("/schemas/ids/" + id + "/schema").body()).isEqualTo(document);
        assertThat(http().get("/subjects/" + subject() + "/versions/1/schema").body())
                .isEqualTo(document);
        assertThat(http().get("/subjects/" + subject() + "/versions/latest/schema")
                        .body())
                .isEqualTo(document);
    }

    @Test
    default void returnsTheGreatestIdOnRequest() {
        needs(Feature.FETCH_MAX_ID);
        int id = register(subject(), fresh());
        int next = register(subject() + "-2", fresh());
        assertThat(http().get("/schemas/ids/" + id + "?fetchMaxId=true")
                        .object()
                        .getInteger("maxId"))
                .isGreaterThanOrEqualTo(next);
        assertThat(http().get("/schemas/ids/" + id).object().containsKey("maxId"))
                .isFalse();
    }

    @Test
    default void acceptsASubjectAsAHintForAnId() {
        int id = register(subject(), fresh());
        assertThat(http().get("/schemas/ids/" + id + "?subject=" + subject()).status())
                .isEqualTo(200);
    }

    @Test
    default void listsSchemas() {
        needs(Feature.LIST_OF_SCHEMAS);
        setLevel("NONE");
        String first = fresh();
        String second = fresh();
        register(subject(), first);
        register(subject(), second);
        String ours = "/schemas?subjectPrefix=" + subject();
        assertThat(http().get(ours).array().stream().map(it -> ((JsonObject) it).getString("schema")))
                .containsExactly(first, second);
        assertThat(http().get(ours + "&latestOnly=true").array().stream()
                        .map(it -> ((JsonObject) it).getString("schema")))
                .containsExactly(second);
    }

    @Test
    default void pagesLists() {
        needs(Feature.PAGES_AND_PREFIXES);
        setLevel("NONE");
        for (int i = 0; i < 4; i++) {
            register(subject(), fresh());
        }
        String versions = "/subjects/" + subject() + "/versions";
        assertThat(http().get(versions + "?offset=1&limit=2").array())
                .isEqualTo(new JsonArray().add(2).add(3));
        assertThat(http().get(versions + "?limit=-1").array()).hasSize(4);
    }

    @Test
    default void listsSubjectsByPrefix() {
        needs(Feature.PAGES_AND_PREFIXES);
        register(subject(), fresh());
        register(unique(), fresh());
        assertThat(http().get("/subjects?subjectPrefix=" + subject()).list()).containsExactly(subject());
        assertThat(http().get("/subjects?subjectPrefix=" + Http.encode(":*:")).list())
                .contains(subject());
    }

    @Test
    default void listsItsTypes() {
        assertThat(http().get("/schemas/types").list()).contains("AVRO");
    }
}
