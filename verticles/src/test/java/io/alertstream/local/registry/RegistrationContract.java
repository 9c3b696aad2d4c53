package io.alertstream.local.registry;

import static io.alertstream.local.registry.RegistryFixture.assertError;
import static io.alertstream.local.registry.RegistryFixture.fresh;
import static io.alertstream.local.registry.RegistryFixture.schema;
import static io.alertstream.local.registry.RegistryFixture.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.local.registry.Http.Answer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How schemas are registered: which ids they get, and what is refused. */
interface RegistrationContract extends RegistryFixture {

    @Test
    default void aRegisteredSchemaIsFound() {
        String document = fresh();
        int id = register(subject(), document);
        Answer byId = http().get("/schemas/ids/" + id);
        assertThat(byId.status()).isEqualTo(200);
        assertThat(byId.object().getString("schema")).isEqualTo(document);
        assertThat(byId.object().getString("schemaType", "AVRO")).isEqualTo("AVRO");
        for (String version : List.of("1", "latest", "-1")) {
            JsonObject found = http().get("/subjects/" + subject() + "/versions/" + version)
                    .object();
            assertThat(found.getString("subject")).isEqualTo(subject());
            assertThat(found.getInteger("version")).isEqualTo(1);
            assertThat(found.getInteger("id")).isEqualTo(id);
            assertThat(found.getString("schema")).isEqualTo(document);
        }
        assertThat(http().get("/subjects").list()).contains(subject());
        assertThat(http().get("/subjects/" + subject() + "/versions").array()).isEqualTo(new JsonArray().add(1));
    }

    @Test
    default void registeringTwiceIsIdempotent() {
        String document = fresh();
        int id = register(subject(), document);
        assertThat(register(subject(), document)).isEqualTo(id);
        assertThat(register(subject(), " " + document.replace(",", ", "))).isEqualTo(id);
        assertThat(http().get("/subjects/" + subject() + "/versions").array()).hasSize(1);
    }

    @Test
    default void equalSchemasShareAnIdAcrossSubjects() {
        String document = fresh();
        String other = unique();
        int id = register(subject(), document);
        assertThat(register(other, document)).isEqualTo(id);
        assertThat(http().get("/subjects").list()).contains(subject(), other);
    }

    @Test
    default void differentSchemasHaveDifferentIds() {
        assertThat(register(subject(), fresh())).isNotEqualTo(register(unique(), fresh()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"nonsense\"}", "{\"type\":\"record\",\"name\":\"r\"}", "{", "nonsense"})
    default void refusesInvalidSchemas(String document) {
        assertError(http().post("/subjects/" + subject() + "/versions", schema(document)), 422, 42201);
        assertError(http().get("/subjects/" + subject() + "/versions"), 404, 40401);
    }

    @Test
    default void refusesAnEmptySchema() {
        needs(Feature.EMPTY_SCHEMA);
        assertThat(http().post("/subjects/" + subject() + "/versions", new JsonObject())
                        .status())
                .isEqualTo(422);
    }

    @Test
    default void refusesOtherSchemaTypes() {
        needs(Feature.ONLY_AVRO);
        for (String type : List.of("JSON", "PROTOBUF", "NONSENSE")) {
            JsonObject request = schema("{\"type\":\"object\"}").put("schemaType", type);
            assertError(http().post("/subjects/" + subject() + "/versions", request), 422, 42201);
        }
        assertThat(http().get("/schemas/types").array()).isEqualTo(new JsonArray().add("AVRO"));
    }

    @Test
    default void refusesReferences() {
        needs(Feature.ONLY_AVRO);
        register(subject(), fresh());
        JsonObject reference =
                new JsonObject().put("name", "a").put("subject", subject()).put("version", 1);
        JsonObject request = schema(V1).put("references", new JsonArray().add(reference));
        assertError(http().post("/subjects/" + unique() + "/versions", request), 422, 42201);
    }

    @Test
    default void acceptsAnySubjectName() {
        for (String name : List.of("with space", "ünïcode ✓", "plus+percent%41", "q?u#e&r=y", "a/b")) {
            String odd = name + subject();
            int id = register(odd, fresh());
            assertThat(http().get("/subjects").list()).contains(odd);
            JsonObject found = http().get("/subjects/" + Http.encode(odd) + "/versions/latest")
                    .object();
            assertThat(found.getString("subject")).isEqualTo(odd);
            assertThat(found.getInteger("id")).isEqualTo(id);
        }
    }

    @Test
    default void refusesContexts() {
        needs(Feature.CONTEXTS);
        assertThat(http().get("/contexts").list()).isEqualTo(List.of("."));
        assertError(http().post("/subjects/" + Http.encode(":.c:s") + "/versions", schema(V1)), 422, 42208);
    }

    @Test
    default void keepsDocsAndProperties() {
        String document = "{\"type\":\"record\",\"name\":\"r\",\"doc\":\"of " + subject()
                + "\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"doc\":\"in nJy\",\"unit\":\"nJy\"}],\"z\":1}";
        int id = register(subject(), document);
        assertThat(new JsonObject(http().get("/schemas/ids/" + id).object().getString("schema")))
                .isEqualTo(new JsonObject(document));
    }

    @Test
    default void keepsMetadata() {
        needs(Feature.METADATA);
        String document = fresh();
        int id = register(subject(), document);
        JsonObject metadata = new JsonObject()
                .put("properties", new JsonObject().put("owner", "x"))
                .put("tags", new JsonObject().put("F.a", new JsonArray().add("PII")))
                .put("sensitive", new JsonArray().add("owner"));
        String other = unique();
        String path = "/subjects/" + other + "/versions";
        Answer answer = http().post(path, schema(document).put("metadata", metadata));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.object().getInteger("id")).isEqualTo(id);
        assertThat(http().get(path + "/latest").object().getJsonObject("metadata"))
                .isEqualTo(metadata);
        assertThat(http().get("/subjects/" + subject() + "/versions/latest").object())
                .as("metadata belongs to the version, not to the schema")
                .doesNotContain(Map.entry("metadata", metadata));
        http().post(path, schema(document).put("metadata", metadata));
        http().post(path, schema(document));
        assertThat(http().get(path).array()).as("registered only once").isEqualTo(new JsonArray().add(1));
    }

    @Test
    default void refusesMalformedMetadata() {
        needs(Feature.METADATA);
        for (String metadata : List.of(
                "5",
                "[]",
                "\"text\"",
                "{\"properties\":[]}",
                "{\"properties\":{\"a\":1}}",
                "{\"tags\":{\"a\":\"b\"}}",
                "{\"sensitive\":{}}",
                "{\"other\":{}}")) {
            JsonObject request = schema(fresh()).put("metadata", Json.decodeValue(metadata));
            assertError(http().post("/subjects/" + subject() + "/versions", request), 422, 42201);
        }
    }

    @Test
    default void normalizesOnRequest() {
        needs(Feature.NORMALIZE);
        String name = "N" + UUID.randomUUID().toString().replace("-", "");
        String one = "{\"type\":\"fixed\",\"name\":\"" + name + "\",\"size\":4,\"a\":1,\"b\":2}";
        String two = "{\"type\":\"fixed\",\"name\":\"" + name + "\",\"size\":4,\"b\":2,\"a\":1}";
        String path = "/subjects/" + subject();
        Answer first = http().post(path + "/versions?normalize=true", schema(one));
        Answer second = http().post(path + "/versions?normalize=true", schema(two));
        assertThat(second.object().getInteger("id")).isEqualTo(first.object().getInteger("id"));
        assertThat(http().get(path + "/versions").array()).hasSize(1);
        assertThat(http().post(path + "?normalize=true", schema(two)).status()).isEqualTo(200);
        assertError(http().post(path, schema(two)), 404, 40403);
    }
}
