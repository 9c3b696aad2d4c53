package io.alertstream.local.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.server.RawHttp;
import io.alertstream.server.RawHttp.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Malformed requests: each gets an error in the registry's format, and none makes the registry fail. */
class RegistrySyntaxTest {

    private final Vertx vertx = Vertx.vertx();
    private int port;

    @BeforeEach
    void start() throws Exception {
        port = MemoryRegistry.start(vertx).await(20, TimeUnit.SECONDS).url().getPort();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /subjects/%zz/versions', '', 400",
        "'GET /subjects/%/versions/1', '', 400",
        "'GET /subjects/%e0%a4%a/versions/%zz', '', 400",
        "'GET /config/%zz', '', 400",
        "'GET /schemas?subjectPrefix=%zz', '', 400",
        "'GET /subjects', 'Accept: ;', 406",
        "'GET /subjects', 'Accept: ;q=1', 406",
        "'GET /subjects', 'Accept: text', 406",
        "'GET /subjects', 'Host: other', 400",
        "'GET /subjects', 'Transfer-Encoding: gzip', 501",
        "'POST /subjects/s', 'Content-Type: ;', 415",
        "'POST /subjects/s', 'Content-Length: -1', 400",
    })
    void malformedRequestsAreRefusedWithAReason(String line, String header, int status) throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            http.send(line + " HTTP/1.1\r\nHost: localhost\r\n" + header + (header.isEmpty() ? "" : "\r\n") + "\r\n");

            assertError(http.answer(false), status);
        }
    }

    @Test
    void aBrokenChunkIsAnswered() throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            http.send(String.join(
                    "\r\n",
                    "POST /subjects/s/versions HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked",
                    "",
                    "-1",
                    ""));

            assertError(http.answer(false), 400);
        }
    }

    @Test
    void aClientThatExpectsContinueIsToldToSend() throws IOException {
        try (RawHttp http = new RawHttp(port)) {
            http.send(String.join(
                    "\r\n",
                    "POST /subjects/s/versions HTTP/1.1",
                    "Host: localhost",
                    "Content-Type: application/json",
                    "Expect: 100-continue",
                    "Content-Length: 2",
                    "",
                    ""));
            assertThat(http.answer(false).status()).isEqualTo(100);

            http.send("{}");
            assertError(http.answer(false), 422);
        }
    }

    @Test
    void noRequestCausesAServerError() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            String request = request(random);
            try (RawHttp http = new RawHttp(port)) {
                http.send(request);

                assertThat(http.answer(request.startsWith("HEAD ")).status())
                        .as("seed %d: %s", seed, request)
                        .isLessThan(500);
            } catch (EOFException e) {
                throw new AssertionError("no answer, seed " + seed + ": " + request, e);
            }
        }
    }

    private static String request(Random random) {
        String[] methods = {"GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"};
        String[] paths = {"/subjects/", "/schemas/ids/", "/config/", "/mode/", "/compatibility/subjects/", "/schemas"};
        String[] tails = {
            "", "/versions", "/versions/latest", "/versions/1/schema", "?deleted=%", "?limit=1e9&offset=-5"
        };
        String body = noise(random, "{}[]\":,schematype0123\\u\u00ff ", 40);
        String[] rests = {
            "\r\n",
            "Content-Length: " + body.length() + "\r\n\r\n" + body,
            "Transfer-Encoding: chunked\r\n\r\n" + noise(random, "0zZ-;", 3) + "\r\n" + body + "\r\nzz\r\n\r\n"
        };
        return methods[random.nextInt(methods.length)] + " " + paths[random.nextInt(paths.length)]
                + noise(random, "%/?&=;.:+-*~!'()zZ09", 10) + tails[random.nextInt(tails.length)]
                + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Accept: " + (random.nextBoolean() ? "*/*" : noise(random, ",;=/*q.01 \"application/json", 30))
                + "\r\n"
                + rests[random.nextInt(rests.length)];
    }

    private static String noise(Random random, String characters, int most) {
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            noise.append(characters.charAt(random.nextInt(characters.length())));
        }
        return noise.toString();
    }

    private static void assertError(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        JsonObject error = new JsonObject(answer.text());
        assertThat(error.getInteger("error_code").toString()).startsWith(Integer.toString(status));
        assertThat(error.getString("message")).isNotBlank();
    }
}
