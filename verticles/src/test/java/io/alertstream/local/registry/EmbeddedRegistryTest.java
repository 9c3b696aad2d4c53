package io.alertstream.local.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.local.registry.Http.Answer;
import io.alertstream.local.registry.MemoryTopic.Fate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The embedded registry over a topic in memory: the interface, and what happens when Kafka fails. */
class EmbeddedRegistryTest {

    private static final int FIRST = 100_000;

    private final Vertx vertx = Vertx.vertx();
    private final MemoryTopic topic = new MemoryTopic();
    private EmbeddedRegistry registry;
    private Http http;

    @BeforeEach
    void start() {
        http = new Http(deploy());
    }

    private String deploy() {
        registry = new EmbeddedRegistry(new RegistryListeners("127.0.0.1", 0, Optional.of(0)), topic, topic, topic);
        get(vertx.deployVerticle(registry));
        return "http://127.0.0.1:" + registry.port();
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @Nested
    class Interface extends RegistryContract {

        @Override
        String base() {
            return "http://127.0.0.1:" + registry.port();
        }
    }

    @Test
    void writesRecordsAsConfluentsRegistryDoes() {
        http.put("/config", new JsonObject().put("compatibility", "NONE"));
        http.put("/config/s", new JsonObject().put("compatibility", "FULL"));
        http.put("/mode/s", new JsonObject().put("mode", "IMPORT"));
        http.post("/subjects/s/versions", new JsonObject("{\"schema\":\"\\\"int\\\"\",\"id\":700}"));
        http.delete("/mode/s");
        http.delete("/subjects/s");
        http.delete("/subjects/s?permanent=true");
        assertThat(topic.records())
                .containsExactly(
                        "{\"keytype\":\"CONFIG\",\"magic\":0} {\"compatibilityLevel\":\"NONE\"}",
                        "{\"keytype\":\"CONFIG\",\"subject\":\"s\",\"magic\":0} {\"subject\":\"s\",\"compatibilityLevel\":\"FULL\"}",
                        "{\"keytype\":\"CLEAR_SUBJECT\",\"subject\":\"s\",\"magic\":0} {\"subject\":\"s\"}",
                        "{\"keytype\":\"MODE\",\"subject\":\"s\",\"magic\":0} {\"subject\":\"s\",\"mode\":\"IMPORT\"}",
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1}"
                                + " {\"subject\":\"s\",\"version\":1,\"id\":700,\"schema\":\"\\\"int\\\"\",\"deleted\":false}",
                        "{\"keytype\":\"MODE\",\"subject\":\"s\",\"magic\":0} null",
                        "{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"s\",\"magic\":0} {\"subject\":\"s\",\"version\":1}",
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1} null",
                        "{\"keytype\":\"CONFIG\",\"subject\":\"s\",\"magic\":0} null");
    }

    /** After an upgrade to HTTP/2, Java's own client sometimes never got the end of a schema. */
    @Test
    void staysWithHttp1ForAClientThatOffersHttp2() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + registry.port() + "/subjects");
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(answer.body()).isEqualTo("[]");
    }

    @Test
    void servesWhatAnotherRegistryWrote() {
        topic.put("{\"keytype\":\"NOOP\",\"magic\":0}", null);
        topic.put(
                "{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0}",
                "{\"compatibilityLevel\":\"FORWARD_TRANSITIVE\",\"normalize\":false}");
        topic.put(
                "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":1,\"magic\":1}",
                "{\"subject\":\"s\",\"version\":1,\"id\":5,\"md5\":\"AAAAAAAAAAAAAAAAAAAAAA==\","
                        + "\"schema\":\"\\\"int\\\"\",\"deleted\":false}");
        topic.put(
                "{\"keytype\":\"SCHEMA\",\"subject\":\"p\",\"version\":1,\"magic\":1}",
                "{\"subject\":\"p\",\"version\":1,\"id\":6,\"schemaType\":\"PROTOBUF\","
                        + "\"references\":[{\"name\":\"n\",\"subject\":\"s\",\"version\":1}],"
                        + "\"schema\":\"message M {}\",\"deleted\":false}");
        topic.put("{\"keytype\":\"CONTEXT\",\"tenant\":\"default\",\"context\":\".c\",\"magic\":0}", "{}");
        topic.put("{\"keytype\":\"SOMETHING_NEW\",\"magic\":9}", "{}");
        topic.put("nonsense", "more nonsense");
        topic.put("{\"keytype\":\"SCHEMA\",\"subject\":5,\"version\":\"x\",\"magic\":1}", "{}");
        topic.put("{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":9,\"magic\":1}", "{}");
        // An id never changes its meaning, whatever a record says.
        topic.put(
                "{\"keytype\":\"SCHEMA\",\"subject\":\"s\",\"version\":2,\"magic\":1}",
                "{\"subject\":\"s\",\"version\":2,\"id\":5,\"schema\":\"\\\"long\\\"\",\"deleted\":false}");
        Http second = new Http(deploy());
        assertThat(second.get("/config").object().getString("compatibilityLevel"))
                .isEqualTo("FORWARD_TRANSITIVE");
        assertThat(second.get("/schemas/ids/5").object().getString("schema")).isEqualTo("\"int\"");
        assertThat(second.get("/subjects/s/versions").list()).isEqualTo(List.of(1));
        JsonObject protobuf = second.get("/schemas/ids/6").object();
        assertThat(protobuf.getString("schemaType")).isEqualTo("PROTOBUF");
        assertThat(protobuf.getJsonArray("references")).hasSize(1);
        second.delete("/subjects/s");
        Http third = new Http(deploy());
        assertThat(third.get("/subjects").list()).isEqualTo(List.of("p"));
        assertThat(third.get("/schemas/ids/5").status()).isEqualTo(200);
    }

    @Test
    void aWriteRefusedByKafkaHasNoEffect() {
        topic.next(Fate.LOST);
        Answer refused = register("s", "int");
        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.code()).isEqualTo(50001);
        topic.next(Fate.WRITTEN);
        assertThat(http.get("/subjects").array()).isEmpty();
        assertThat(register("s", "long").object().getInteger("id")).isEqualTo(FIRST);
        assertThat(http.get("/subjects/s/versions").list()).isEqualTo(List.of(1));
    }

    @Test
    void aWriteOfUnknownOutcomeIsReadBackBeforeTheNext() {
        topic.next(Fate.WRITTEN_UNHEARD);
        assertThat(register("s", "int").status()).isEqualTo(500);
        topic.next(Fate.WRITTEN);
        assertThat(register("other", "long").object().getInteger("id")).isEqualTo(FIRST + 1);
        assertThat(http.get("/schemas/ids/" + FIRST).object().getString("schema"))
                .isEqualTo("\"int\"");
        assertThat(register("s", "int").object().getInteger("id")).isEqualTo(FIRST);
    }

    @Test
    void decidesNothingWhileTheOutcomeOfTheLastWriteIsUnknown() {
        topic.next(Fate.WRITTEN_UNHEARD);
        topic.readable(false);
        register("s", "int");
        topic.next(Fate.WRITTEN);
        assertThat(register("t", "long").code()).isEqualTo(50001);
        topic.readable(true);
        assertThat(register("t", "long").object().getInteger("id")).isEqualTo(FIRST + 1);
    }

    @Test
    void detectsAnotherWriter() {
        register("s", "int");
        topic.put(
                "{\"keytype\":\"SCHEMA\",\"subject\":\"other\",\"version\":1,\"magic\":1}",
                "{\"subject\":\"other\",\"version\":1,\"id\":44,\"schema\":\"\\\"bytes\\\"\",\"deleted\":false}");
        register("s2", "long");
        assertThat(http.get("/schemas/ids/44").status()).isEqualTo(200);
        assertThat(register("s3", "float").object().getInteger("id")).isEqualTo(FIRST + 2);
    }

    @Test
    void assignedIdsDontCollideWithTheSurveys() {
        imported("a", 1101, 1, "int");
        assertThat(register("b", "long").object().getInteger("id")).isEqualTo(FIRST);
        imported("c", 1102, 1, "float");
        assertThat(register("d", "double").object().getInteger("id")).isEqualTo(FIRST + 1);
    }

    @Test
    void theGreatestIdDoesNotBlockOthers() {
        imported("a", Integer.MAX_VALUE, 1, "int");
        assertThat(register("b", "long").object().getInteger("id")).isEqualTo(FIRST);
        assertThat(register("c", "float").object().getInteger("id")).isEqualTo(FIRST + 1);
        http.delete("/subjects/c");
        http.delete("/subjects/c?permanent=true");
        assertThat(register("d", "double").object().getInteger("id"))
                .as("the id of a deleted schema is never reused")
                .isEqualTo(FIRST + 2);
        imported("e", FIRST + 3, 1, "bytes");
        assertThat(register("f", "string").object().getInteger("id")).isEqualTo(FIRST + 4);
    }

    @Test
    void theGreatestVersionIsTheLast() {
        imported("s", 7, Integer.MAX_VALUE, "int");
        Answer next = register("s", "long");
        assertThat(next.status()).isEqualTo(422);
        assertThat(next.object().getString("message")).contains("greatest version possible");
        assertThat(register("s", "int").object().getInteger("id")).isEqualTo(7);
        assertThat(register("t", "long").status()).isEqualTo(200);
    }

    private void imported(String subject, int id, int version, String type) {
        http.put("/mode/" + subject, new JsonObject().put("mode", "IMPORT"));
        JsonObject request =
                new JsonObject().put("schema", "\"" + type + "\"").put("id", id).put("version", version);
        Answer answer = http.post("/subjects/" + subject + "/versions", request);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        http.delete("/mode/" + subject);
    }

    @Test
    void refusesASchemaTooLargeForKafka() {
        String symbols = "\"" + "x".repeat(TopicLog.MAX_RECORD_BYTES) + "\"";
        String document = "{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[" + symbols + "]}";
        Answer answer = http.post("/subjects/s/versions", new JsonObject().put("schema", document));
        assertThat(answer.code()).isEqualTo(42209);
        assertThat(register("s", "int").status()).isEqualTo(200);
    }

    @Test
    void thePublicListenerIsReadOnly() {
        register("s", "int");
        Http open = new Http("http://127.0.0.1:" + registry.publicPort());
        assertThat(open.get("/schemas/ids/" + FIRST).object().getString("schema"))
                .isEqualTo("\"int\"");
        assertThat(open.send("HEAD", "/subjects", null, null, null).status()).isEqualTo(200);
        assertThat(open.get("/schemas/ids/2").code()).isEqualTo(40403);
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "WHATEVER")) {
            for (String path : List.of("/", "/subjects/s", "/subjects/s/versions", "/mode", "/config", "/no/where")) {
                Answer answer = open.send(method, path, "{}", Http.JSON_V1, null);
                assertThat(answer.status()).as("%s %s", method, path).isEqualTo(405);
                assertThat(answer.code()).isEqualTo(405);
            }
        }
        assertThat(http.get("/subjects").array()).hasSize(1);
    }

    @Test
    void aPortInUseNamesItsSetting() {
        EmbeddedRegistry second = new EmbeddedRegistry(
                new RegistryListeners("127.0.0.1", registry.port(), Optional.empty()), topic, topic, topic);
        assertThat(vertx.deployVerticle(second).toCompletionStage())
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("LOCAL_REGISTRY_PORT");
    }

    private Answer register(String subject, String type) {
        return http.post("/subjects/" + subject + "/versions", new JsonObject().put("schema", "\"" + type + "\""));
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
