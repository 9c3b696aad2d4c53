package io.alertstream.local.registry;

import static io.alertstream.local.registry.RegistryFixture.assertError;
import static io.alertstream.local.registry.RegistryFixture.fresh;
import static io.alertstream.local.registry.RegistryFixture.schema;
import static io.alertstream.local.registry.RegistryFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** How subjects and versions are deleted, first softly and then permanently. */
interface DeletionContract extends RegistryFixture {

    @Test
    default void softDeletesASubject() {
        String document = fresh();
        int id = register(subject(), document);
        assertThat(http().delete("/subjects/" + subject()).array()).isEqualTo(new JsonArray().add(1));
        assertThat(http().get("/subjects").list()).doesNotContain(subject());
        assertThat(http().get("/subjects?deleted=true").list()).contains(subject());
        assertError(http().get("/subjects/" + subject() + "/versions"), 404, 40401);
        assertThat(http().get("/subjects/" + subject() + "/versions?deleted=true")
                        .array())
                .hasSize(1);
        assertError(http().get("/subjects/" + subject() + "/versions/1"), 404, 40401);
        assertThat(http().post("/subjects/" + subject(), schema(document)).status())
                .isEqualTo(404);
        assertError(http().delete("/subjects/" + subject()), 404, 40404);
        // Data that was written with it can still be read.
        assertThat(http().get("/schemas/ids/" + id).object().getString("schema"))
                .isEqualTo(document);
    }

    @Test
    default void listsSoftDeletedSchemasOnRequest() {
        needs(Feature.SOFTLY_DELETED_IN_DETAIL);
        String document = fresh();
        int id = register(subject(), document);
        http().delete("/subjects/" + subject());
        assertError(http().post("/subjects/" + subject(), schema(document)), 404, 40401);
        assertThat(http().post("/subjects/" + subject() + "?deleted=true", schema(document))
                        .status())
                .isEqualTo(200);
        assertThat(http().get("/subjects/" + subject() + "/versions/1?deleted=true")
                        .status())
                .isEqualTo(200);
        assertThat(http().get("/subjects?deletedOnly=true").list()).contains(subject());
        assertThat(http().get("/schemas/ids/" + id + "/subjects").array()).isEmpty();
        assertThat(http().get("/schemas/ids/" + id + "/subjects?deleted=true").array())
                .hasSize(1);
        assertThat(http().get("/schemas/ids/" + id + "/versions?deleted=true").array())
                .hasSize(1);
    }

    @Test
    default void registersASoftDeletedSchemaAgain() {
        String document = fresh();
        int id = register(subject(), document);
        http().delete("/subjects/" + subject());
        assertThat(register(subject(), document)).isEqualTo(id);
        assertThat(http().get("/subjects").list()).contains(subject());
    }

    @Test
    default void replacesASoftDeletedSchema() {
        needs(Feature.SOFTLY_DELETED_IN_DETAIL);
        String document = fresh();
        register(subject(), document);
        http().delete("/subjects/" + subject());
        register(subject(), document);
        assertThat(http().get("/subjects/" + subject() + "/versions").array()).isEqualTo(new JsonArray().add(2));
        assertThat(http().get("/subjects/" + subject() + "/versions?deleted=true")
                        .array())
                .isEqualTo(new JsonArray().add(2));
    }

    @Test
    default void softDeletesAVersion() {
        register(subject(), fresh());
        setLevelOfExisting("NONE");
        register(subject(), fresh());
        assertThat(http().delete("/subjects/" + subject() + "/versions/latest").body())
                .isEqualTo("2");
        assertError(http().get("/subjects/" + subject() + "/versions/2"), 404, 40402);
        assertThat(http().get("/subjects/" + subject() + "/versions/latest")
                        .object()
                        .getInteger("version"))
                .isEqualTo(1);
        register(subject(), fresh());
        assertThat(http().get("/subjects/" + subject() + "/versions").array())
                .isEqualTo(new JsonArray().add(1).add(3));
    }

    @Test
    default void softDeletesAVersionOnlyOnce() {
        needs(Feature.SOFTLY_DELETED_IN_DETAIL);
        register(subject(), fresh());
        http().delete("/subjects/" + subject() + "/versions/1");
        assertError(http().delete("/subjects/" + subject() + "/versions/1"), 404, 40406);
        assertThat(http().get("/subjects/" + subject() + "/versions?deletedOnly=true")
                        .array())
                .isEqualTo(new JsonArray().add(1));
    }

    @Test
    default void permanentlyDeletesOnlySoftDeletedSchemas() {
        needs(Feature.PERMANENT_DELETE);
        int id = register(subject(), fresh());
        assertError(http().delete("/subjects/" + subject() + "?permanent=true"), 404, 40405);
        assertError(http().delete("/subjects/" + subject() + "/versions/1?permanent=true"), 404, 40407);
        http().delete("/subjects/" + subject() + "/versions/1");
        assertThat(http().delete("/subjects/" + subject() + "/versions/1?permanent=true")
                        .body())
                .isEqualTo("1");
        assertThat(http().get("/subjects?deleted=true").list()).doesNotContain(subject());
        assertError(http().get("/schemas/ids/" + id), 404, 40403);
    }

    @Test
    default void permanentlyDeletesASubject() {
        needs(Feature.PERMANENT_DELETE);
        String other = unique();
        String document = fresh();
        int id = register(subject(), document);
        register(other, document);
        http().put("/config/" + subject(), new JsonObject().put("compatibility", "FULL"));
        http().delete("/subjects/" + subject());
        assertThat(http().delete("/subjects/" + subject() + "?permanent=true").array())
                .isEqualTo(new JsonArray().add(1));
        assertError(http().delete("/subjects/" + subject()), 404, 40401);
        assertError(http().get("/config/" + subject()), 404, 40408);
        assertThat(http().get("/schemas/ids/" + id).status())
                .as("still used by %s", other)
                .isEqualTo(200);
        assertThat(register(subject(), fresh())).isNotEqualTo(id);
        assertThat(http().get("/subjects/" + subject() + "/versions").array()).isEqualTo(new JsonArray().add(1));
    }
}
