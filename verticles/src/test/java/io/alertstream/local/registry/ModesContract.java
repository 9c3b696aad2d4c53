package io.alertstream.local.registry;

import static io.alertstream.local.registry.RegistryFixture.assertError;
import static io.alertstream.local.registry.RegistryFixture.fresh;
import static io.alertstream.local.registry.RegistryFixture.schema;
import static io.alertstream.local.registry.RegistryFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What may be written in which mode, and how a client imports schemas under ids and versions of its choice. */
interface ModesContract extends RegistryFixture {

    @Test
    default void theRegistryIsInitiallyWritable() {
        needs(Feature.MODES);
        assertThat(http().get("/mode").object().getString("mode")).isEqualTo("READWRITE");
    }

    @Test
    default void subjectsHaveTheirOwnMode() {
        needs(Feature.MODES);
        assertError(http().get("/mode/" + subject()), 404, 40409);
        assertThat(http().get("/mode/" + subject() + "?defaultToGlobal=true")
                        .object()
                        .getString("mode"))
                .isEqualTo("READWRITE");
        setMode("READONLY");
        assertThat(http().get("/mode/" + subject()).object().getString("mode")).isEqualTo("READONLY");
        assertThat(http().delete("/mode/" + subject()).object().getString("mode"))
                .isEqualTo("READONLY");
        assertError(http().get("/mode/" + subject()), 404, 40409);
        assertError(http().put("/mode/" + subject(), new JsonObject().put("mode", "SIDEWAYS")), 422, 42204);
    }

    @Test
    default void readOnlyMeansReadOnly() {
        needs(Feature.MODES);
        String document = fresh();
        register(subject(), document);
        setMode("READONLY");
        assertThat(register(subject(), document))
                .as("an existing schema may be registered again")
                .isPositive();
        assertError(http().post("/subjects/" + subject() + "/versions", schema(fresh())), 422, 42205);
        assertError(http().delete("/subjects/" + subject()), 422, 42205);
        assertError(http().delete("/subjects/" + subject() + "/versions/1"), 422, 42205);
        assertError(http().put("/config/" + subject(), new JsonObject().put("compatibility", "NONE")), 422, 42205);
    }

    @Test
    default void importLetsTheClientChooseIds() {
        needs(Feature.MODES);
        String path = "/subjects/" + subject() + "/versions";
        String document = fresh();
        int id = 1_000_000 + (subject().hashCode() & 0xfffff);
        assertError(http().post(path, schema(document).put("id", id)), 422, 42205);
        setMode("IMPORT");
        assertThat(http().post(path, schema(document).put("id", id)).object().getInteger("id"))
                .isEqualTo(id);
        assertThat(http().post(path, schema(document).put("id", id)).object().getInteger("id"))
                .isEqualTo(id);
        assertThat(http().get("/schemas/ids/" + id).object().getString("schema"))
                .isEqualTo(document);
        assertError(http().post(path, schema(fresh()).put("id", id)), 422, 42205);
        assertThat(http().get("/schemas/ids/" + id).object().getString("schema"))
                .isEqualTo(document);
        assertError(http().post(path, schema(fresh())), 422, 42205);
        // Ids and versions of the client's choice, and no compatibility check.
        assertThat(http().post(path, schema(fresh()).put("id", id + 7).put("version", 5))
                        .object()
                        .getInteger("id"))
                .isEqualTo(id + 7);
        assertThat(http().get(path).array()).isEqualTo(new JsonArray().add(1).add(5));
        // The same schema under a second id.
        assertThat(http().post(path, schema(document).put("id", id + 8))
                        .object()
                        .getInteger("id"))
                .isEqualTo(id + 8);
        http().delete("/mode/" + subject());
        assertThat(register(unique(), fresh())).isGreaterThan(id + 8);
    }

    @Test
    default void aVersionNeverLosesItsId() {
        needs(Feature.MODES);
        String path = "/subjects/" + subject() + "/versions";
        String document = fresh();
        int id = 3_000_000 + (subject().hashCode() & 0xfffff);
        setMode("IMPORT");
        http().post(path, schema(document).put("id", id).put("version", 7));
        // The same schema may have a second id, but it can't replace the first.
        assertError(http().post(path, schema(document).put("id", id + 1).put("version", 7)), 422, 42205);
        assertThat(http().post(path, schema(document).put("id", id).put("version", 8))
                        .status())
                .isEqualTo(200);
        assertThat(http().get(path).array()).isEqualTo(new JsonArray().add(7).add(8));
        http().delete("/mode/" + subject());
    }

    @Test
    default void importNeedsForceIfThereAreSchemas() {
        needs(Feature.MODES);
        register(subject(), fresh());
        JsonObject request = new JsonObject().put("mode", "IMPORT");
        assertError(http().put("/mode/" + subject(), request), 422, 42205);
        assertThat(http().put("/mode/" + subject() + "?force=true", request)
                        .object()
                        .getString("mode"))
                .isEqualTo("IMPORT");
        http().delete("/mode/" + subject());
    }

    @Test
    default void aChosenVersionMustBeTheNext() {
        needs(Feature.VERSION_OF_THE_CLIENT);
        String path = "/subjects/" + subject() + "/versions";
        assertThat(http().post(path, schema(fresh()).put("version", 1)).status())
                .isEqualTo(200);
        assertError(http().post(path, schema(fresh()).put("version", 7)), 422, 42201);
    }

    private void setMode(String mode) {
        assertThat(http().put("/mode/" + subject(), new JsonObject().put("mode", mode))
                        .object()
                        .getString("mode"))
                .isEqualTo(mode);
    }
}
