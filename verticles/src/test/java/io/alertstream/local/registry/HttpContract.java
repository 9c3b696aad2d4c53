package io.alertstream.local.registry;

import static io.alertstream.local.registry.RegistryFixture.assertError;
import static io.alertstream.local.registry.RegistryFixture.fresh;
import static io.alertstream.local.registry.RegistryFixture.schema;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.local.registry.Http.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and answers at the HTTP level: media types, methods and malformed requests. */
interface HttpContract extends RegistryFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                Http.JSON_V1,
                "application/vnd.schemaregistry+json",
                "application/json",
                "application/json; charset=utf-8"
            })
    default void acceptsTheUsualContentTypes(String type) {
        String body = schema(fresh()).encode();
        assertThat(http().send("POST", "/subjects/" + subject() + "/versions", body, type, null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    default void answersInThePreferredContentType() {
        needs(Feature.MEDIA_TYPES);
        assertThat(http().send("GET", "/subjects", null, null, null).contentType())
                .isEqualTo(Http.JSON_V1);
        assertThat(http().send("GET", "/subjects", null, null, "*/*").contentType())
                .isEqualTo(Http.JSON_V1);
        assertThat(http().send("GET", "/subjects", null, null, "application/json")
                        .contentType())
                .isEqualTo("application/json");
        assertThat(http().send("GET", "/subjects", null, null, "text/html, application/vnd.schemaregistry+json;q=0.5")
                        .contentType())
                .isEqualTo("application/vnd.schemaregistry+json");
        assertError(http().send("GET", "/subjects", null, null, "text/html"), 406, 406);
        String body = schema(V1).encode();
        assertError(http().send("POST", "/subjects/" + subject() + "/versions", body, "text/plain", null), 415, 415);
    }

    @Test
    default void refusesInvalidRequests() {
        needs(Feature.ERRORS_OF_HTTP);
        for (String body : List.of("{\"schema\":", "[]", "5", "", "\u0000")) {
            assertError(
                    http().send("POST", "/subjects/" + subject() + "/versions", body, Http.JSON_V1, null), 400, 400);
        }
        assertError(http().get("/nowhere"), 404, 404);
        assertError(http().get("/schemas/ids/abc"), 404, 404);
        assertError(http().send("PUT", "/subjects", "{}", Http.JSON_V1, null), 405, 405);
        String endless = schema("x".repeat(3 << 20)).encode();
        assertError(http().send("POST", "/subjects/" + subject() + "/versions", endless, Http.JSON_V1, null), 413, 413);
    }

    @Test
    default void refusesAnEndlesslyNestedSchema() {
        String deep = "{\"type\":\"array\",\"items\":".repeat(20_000) + "\"int\"" + "}".repeat(20_000);
        Answer answer = http().post("/subjects/" + subject() + "/versions", schema(deep));
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    }

    @Test
    default void answersHead() {
        Answer head = http().send("HEAD", "/subjects", null, null, null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(http().send("HEAD", "/schemas/ids/2000000000", null, null, null)
                        .status())
                .isEqualTo(404);
    }
}
