package io.alertstream.server;

import static io.alertstream.server.ServedArchive.ID;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.server.RawHttp.Answer;
import io.alertstream.server.limits.Limits;
import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed requests: each gets an answer, which says that the request is at fault. */
class HttpSyntaxIT {

    private static final String POST = "POST /v1/alerts HTTP/1.1\r\nHost: localhost\r\n";
    private static final String GET = "GET /v1/alerts/" + ID + " HTTP/1.1\r\nHost: localhost\r\n";

    @TempDir
    Path directory;

    private ServedArchive served;

    @BeforeEach
    void serve() {
        served = new ServedArchive(directory, Limits.DEFAULT);
        served.put(ID, 1_000);
        ServedArchive.await(served.archive.putSchema(900, "{}"));
    }

    @AfterEach
    void close() {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {";", ";;q=1", "text", "/", "a/b/c", ";q=", "=", "\u00ff"})
    void anAcceptWithoutAMediaTypeIsNotAcceptable(String accept) throws IOException {
        assertRefused(get("Accept: " + accept), 406, "expected Accept to allow one of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", ",,;q=1,*/*", ";, application/octet-stream"})
    void anEmptyOrPartlyValidAcceptIsAccepted(String accept) throws IOException {
        assertThat(get("Accept: " + accept).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1\r\n", "zz\r\n", "\r\n", "5\r\n[1,2]", "ffffffffffffffffffff\r\n", "1;\r\n"})
    void aBrokenChunkIsAnswered(String chunk) throws IOException {
        for (String head : List.of(POST, GET, "POST /nowhere HTTP/1.1\r\nHost: localhost\r\n")) {
            try (RawHttp http = new RawHttp(served.port())) {
                http.send(head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + "\r\n\r\nxx\r\n\r\n");

                assertThat(http.answer(false).status()).as(head + chunk).isBetween(200, 499);
            }
        }
    }

    @Test
    void aBrokenChunkOfAListIsAClientError() throws IOException {
        try (RawHttp http = new RawHttp(served.port())) {
            http.send(POST + "Transfer-Encoding: chunked\r\n\r\n-1\r\n");

            assertRefused(http.answer(false), 400, "malformed body: expected chunks");
            assertThat(http.untilClosed()).isEmpty();
        }
    }

    @Test
    void requestsBeforeABrokenOneAreAnsweredFirst() throws IOException {
        try (RawHttp http = new RawHttp(served.port())) {
            http.send(GET + "\r\n" + GET + "\r\n" + POST + "Transfer-Encoding: chunked\r\n\r\n-1\r\n" + GET + "\r\n");

            assertThat(http.answer(false).body()).hasSize(1_000);
            assertThat(http.answer(false).body()).hasSize(1_000);
            assertRefused(http.answer(false), 400, "malformed body");
            assertThat(http.untilClosed()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-32", "UTF-32LE", "UTF-16", "UTF-16LE"})
    void aListIsUtf8(String charset) throws IOException {
        byte[] list = "[1]".getBytes(Charset.forName(charset));
        try (RawHttp http = new RawHttp(served.port())) {
            http.send(POST + "Content-Length: " + list.length + "\r\n\r\n" + new String(list, ISO_8859_1));

            assertRefused(http.answer(false), 400, "expected a JSON list of 1 to 10000 alert ids");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'Host: localhost\\r\\nHost: localhost', 400, 'expected one Host header, found 2'",
        "'Host: localhost\\r\\nHost: other', 400, 'expected one Host header, found 2'",
        "'X: y', 400, 'expected one Host header, found 0'",
        "'Host: a b', 400, malformed Host header",
        "'Host: a/b', 400, malformed Host header",
        "'Host: localhost\\r\\nTransfer-Encoding: gzip', 501, unknown Transfer-Encoding",
        "'Host: localhost\\r\\nTransfer-Encoding: gzip, chunked', 501, unknown Transfer-Encoding",
        "'Host: localhost\\r\\nTransfer-Encoding: identity', 501, unknown Transfer-Encoding",
        "'Host: localhost\\r\\nTransfer-Encoding: xchunked', 501, unknown Transfer-Encoding",
        "'Host: localhost\\r\\nTransfer-Encoding: chunked, chunked', 400, malformed Transfer-Encoding",
        "'Host: localhost\\r\\nExpect: a-miracle', 417, unknown Expect",
        "'Host: localhost\\r\\nContent-Length: -1', 400, malformed request",
        "'Host: localhost\\r\\nContent-Length: 1\\r\\nContent-Length: 2', 400, malformed request",
        "'Host: localhost\\r\\nno colon', 400, malformed request",
        "'Host: localhost\\r\\n: no name', 400, malformed request",
    })
    void aMalformedHeadIsRefused(String headers, int status, String detail) throws IOException {
        for (String method : List.of("GET", "POST", "HEAD")) {
            try (RawHttp http = new RawHttp(served.port())) {
                http.send(
                        method + " /v1/health HTTP/1.1\r\n" + headers.replace("\\r\\n", "\r\n") + "\r\n\r\n0\r\n\r\n");

                Answer answer = http.answer(method.equals("HEAD"));
                assertThat(answer.status()).isEqualTo(status);
                if (!method.equals("HEAD")) {
                    assertRefused(answer, status, detail);
                }
                assertThat(http.untilClosed()).isEmpty();
            }
        }
    }

    @Test
    void otherHttpVersionsAreRefused() throws IOException {
        try (RawHttp http = new RawHttp(served.port())) {
            http.send("GET /v1/health HTTP/9.9\r\n\r\n");

            assertRefused(http.answer(false), 505, "expected HTTP/1.1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".?%mp",
                ".",
                "..",
                "%zz",
                "v1/health",
                "?id=1",
                "*",
                "localhost:80",
                "/.?%mp",
                "/..?%zz",
                "/v1/..?%",
                "http://localhost/.?%mp",
                "http://localhost?%mp",
                "http:/.?%mp",
                ".://localhost",
                "ftp://localhost/v1/health",
                "http://localhost/../..",
            })
    void aTargetThatIsNotAPathIsAClientError(String target) throws IOException {
        for (String method : List.of("GET", "POST", "HEAD", "OPTIONS", "get")) {
            try (RawHttp http = new RawHttp(served.port())) {
                http.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");

                assertThat(http.answer(method.equals("HEAD")).status())
                        .as("%s %s", method, target)
                        .isBetween(200, 499);
            }
        }
    }

    @Test
    void aClientThatExpectsContinueIsToldToContinue() throws IOException {
        try (RawHttp http = new RawHttp(served.port())) {
            http.send(POST + "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n");
            assertThat(http.answer(false).status()).isEqualTo(100);

            http.send("[1]");
            assertRefused(http.answer(false), 404, "none of these alerts");
        }
    }

    @Test
    void aClientThatExpectsToSendTooMuchIsRefused() throws IOException {
        try (RawHttp http = new RawHttp(served.port())) {
            http.send(POST + "Expect: 100-continue\r\nContent-Length: 30000000\r\n\r\n");

            assertRefused(http.answer(false), 413, "expected at most");
        }
    }

    @Test
    void theReasonArrivesBeforeTheConnectionIsClosed() throws IOException {
        try (RawHttp http = new RawHttp(served.port())) {
            http.send(POST + "Content-Length: 600000\r\n\r\n" + " ".repeat(600_000));

            assertRefused(http.answer(false), 413, "expected at most");
            assertThat(http.untilClosed()).isEmpty();
        }
    }

    /** Random requests made of input that parsers stumble over. */
    @Test
    void noRequestCausesAServerError() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            String request = request(random);
            try (RawHttp http = new RawHttp(served.port())) {
                http.send(request);

                Answer answer = http.answer(request.startsWith("HEAD "));
                assertThat(answer.status()).as("seed %d: %s", seed, request).isNotIn(500, 502, 503, 504);
            } catch (EOFException e) {
                throw new AssertionError("no answer, seed " + seed + ": " + request, e);
            }
        }
    }

    private static String request(Random random) {
        String method = pick(random, "GET", "GET", "HEAD", "POST", "OPTIONS", "PUT", "QUERY", "get");
        String path = pick(
                        random,
                        "/v1/alerts/",
                        "/v1/alerts",
                        "/v1/schemas/",
                        "/alerts/",
                        "/alerts?id=",
                        "/assets/",
                        "/",
                        "")
                + pick(random, "", String.valueOf(ID), "1", noise(random, "%/?&=;.:+-*~!'()[]{}#@zZ09\u00ff\u0001", 12))
                + pick(
                        random,
                        "",
                        "?" + noise(random, "format=jsonpngavroaccept&;%[]\u00e9zZ09", 20),
                        "/cutouts/science");
        StringBuilder head =
                new StringBuilder(method + " " + path.replace(' ', '+') + " HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = random.nextInt(4); i > 0; i--) {
            head.append(pick(
                            random,
                            "Accept",
                            "Accept-Encoding",
                            "If-None-Match",
                            "Content-Type",
                            "Forwarded",
                            "X-Forwarded-For",
                            "Range",
                            "Origin",
                            "Access-Control-Request-Method",
                            "Cookie"))
                    .append(": ")
                    .append(noise(random, ",;=/*q.01 \"\t\\gzipW/application-json\u00ff", 30))
                    .append("\r\n");
        }
        String body = noise(random, "[]{},\"0123456789LSST-AP-DS-\\u\u00ff\u0000 \n", 40);
        return switch (random.nextInt(3)) {
            case 0 -> head + "\r\n";
            case 1 -> head + "Content-Length: " + body.length() + "\r\n\r\n" + body;
            // An empty or malformed chunk, never one that the server would wait for.
            default ->
                head + "Transfer-Encoding: chunked\r\n\r\n" + noise(random, "0zZ-+;= ", 4) + "\r\n" + body + "\r\n"
                        + "zz\r\n\r\n";
        };
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static String noise(Random random, String characters, int most) {
        StringBuilder noise = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            noise.append(characters.charAt(random.nextInt(characters.length())));
        }
        return noise.toString();
    }

    private static void assertRefused(Answer answer, int status, String detail) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(new JsonObject(answer.text()).getString("detail")).startsWith(detail);
    }

    private Answer get(String... headers) throws IOException {
        return RawHttp.request(served.port(), "GET", "/v1/alerts/" + ID, headers);
    }
}
