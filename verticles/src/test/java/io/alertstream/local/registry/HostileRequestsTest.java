package io.alertstream.local.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The registry answers whatever a client sends, never with a 5xx and never with details of its implementation. The
 * requests are random; the message of a failure has the seed.
 */
@Timeout(120)
class HostileRequestsTest {

    private static final long SEED = new Random().nextLong();
    private static final int REQUESTS = 1_500;

    /** Traces of class names, stack traces and NullPointerExceptions. */
    private static final Pattern INSIDE = Pattern.compile(
            "\\bnull\\b|Exception|\\bjava\\.|\\borg\\.apache|com\\.fasterxml|io\\.(vertx|netty|alertstream)|Cannot invoke"
                    + "|No enum constant|StreamRead");

    private static final List<String> PATHS = List.of(
            "/",
            "/subjects",
            "/subjects/S",
            "/subjects/S/versions",
            "/subjects/S/versions/V",
            "/subjects/S/versions/V/schema",
            "/subjects/S/versions/V/referencedby",
            "/schemas",
            "/schemas/types",
            "/schemas/ids/V",
            "/schemas/ids/V/schema",
            "/schemas/ids/V/subjects",
            "/schemas/ids/V/versions",
            "/config",
            "/config/S",
            "/mode",
            "/mode/S",
            "/contexts",
            "/compatibility/subjects/S/versions",
            "/compatibility/subjects/S/versions/V");
    private static final List<String> SEGMENTS = List.of(
            "s",
            "%zz",
            "%",
            "%e",
            "%00",
            "%ff%fe",
            "%2F",
            "..",
            ".",
            "",
            "a%20b",
            ":.c:s",
            "*",
            "-1",
            "0",
            "latest",
            "2147483647",
            "2147483648",
            "99999999999999999999",
            "1e3",
            "x".repeat(3_000));
    private static final List<String> QUERIES = List.of(
            "",
            "?permanent=true",
            "?deleted=true",
            "?offset=-5&limit=x",
            "?offset=9223372036854775807&limit=9223372036854775807",
            "?limit=9223372036854775808",
            "?%zz",
            "?a=%zz",
            "?normalize=true",
            "?force=true",
            "?fetchMaxId=true",
            "?subjectPrefix=%ff",
            "?&&==&",
            "?defaultToGlobal=true&verbose=true");
    private static final List<String> METHODS = List.of(
            "GET", "GET", "GET", "POST", "POST", "POST", "PUT", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "X");
    private static final List<String> HEADERS = List.of(
            "",
            "",
            "",
            "Accept: ;\r\n",
            "Accept: */*;q=x\r\n",
            "Accept: ,,,\r\n",
            "Accept: text/html\r\n",
            "Accept: application/json;q=0.0000001;a=\"\r\n",
            "Content-Type: ;\r\n",
            "Content-Type: application/json; charset=utf-32\r\n",
            "Content-Type: multipart/form-data\r\n",
            "Content-Type: application/vnd.schemaregistry.v1+json\r\n");

    /** JSON of every kind, including what Avro's parser fails on. */
    private static final List<String> VALUES = List.of(
            "null",
            "5",
            "-1",
            "1e999",
            "99999999999999999999",
            "2147483647",
            "2147483648",
            "1.5",
            "true",
            "\"\"",
            "\"READWRITE\"",
            "\"NONE\"",
            "\"AVRO\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "[]",
            "[null]",
            "{}",
            "{\"a\":null}",
            "{\"properties\":{\"a\":null}}",
            "[[[[{\"a\":[]}]]]]",
            "[".repeat(1_100) + "]".repeat(1_100),
            "1".repeat(1_200));

    private static final List<String> NO_OBJECTS =
            List.of("", "{", "{\"schema\":", "\u0000", "{\"a\":1}{", "\ufeff{}", "nonsense", "{'a':1}");
    private static final List<String> SCHEMAS = List.of(
            "null",
            "5",
            "{",
            "nonsense",
            "{}",
            "[]",
            "[null]",
            "[\"null\",\"null\"]",
            "[[\"int\"]]",
            "\"\"",
            "\"a.b\"",
            "{\"type\":null}",
            "{\"type\":{\"type\":{\"type\":null}}}",
            "{\"type\":\"array\",\"items\":null}",
            "{\"type\":\"map\",\"values\":7}",
            "{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[null]}",
            "{\"type\":\"enum\",\"name\":\"e\",\"symbols\":[\"A\"],\"default\":\"B\"}",
            "{\"type\":\"fixed\",\"name\":\"f\",\"size\":2147483647}",
            "{\"type\":\"fixed\",\"name\":\"f\",\"size\":-1}",
            "{\"type\":\"fixed\",\"name\":\"f\",\"size\":\"x\"}",
            "{\"type\":\"record\",\"name\":null,\"fields\":[]}",
            "{\"type\":\"record\",\"name\":\"r\",\"fields\":null}",
            "{\"type\":\"record\",\"name\":\"r\",\"fields\":[null]}",
            "{\"type\":\"record\",\"name\":\"a..b\",\"fields\":[]}",
            "{\"type\":\"record\",\"name\":\"r\",\"aliases\":[null],\"fields\":[]}",
            "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"order\":5}]}",
            "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"order\":\"sideways\"}]}",
            "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\",\"type\":\"double\",\"default\":\"x\"}]}",
            "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\",\"type\":\"r\"}]}",
            "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\",\"type\":\"int\",\"default\":1}]}",
            "{\"type\":\"long\",\"logicalType\":5}",
            "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":null,\"scale\":-4}",
            "\"int\"",
            "\"long\"",
            "{\"type\":\"array\",\"items\":".repeat(2_000) + "\"int\"" + "}".repeat(2_000));
    private static final List<String> NAMES = List.of(
            "schema",
            "schema",
            "schema",
            "id",
            "version",
            "schemaType",
            "references",
            "metadata",
            "ruleSet",
            "mode",
            "compatibility",
            "x");

    private final Random random = new Random(SEED);
    private final Vertx vertx = Vertx.vertx();
    private final MemoryTopic topic = new MemoryTopic();
    private EmbeddedRegistry registry;

    @BeforeEach
    void start() {
        registry = new EmbeddedRegistry(new RegistryListeners("127.0.0.1", 0, Optional.empty()), topic, topic, topic);
        get(vertx.deployVerticle(registry));
    }

    @AfterEach
    void stop() {
        get(vertx.close());
    }

    @Test
    void everyRequestGetsAnAnswerWithoutInternals() throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            check(request());
        }
        assertThat(new Http("http://127.0.0.1:" + registry.port())
                        .get("/schemas/types")
                        .status())
                .isEqualTo(200);
    }

    private void check(String request) throws IOException {
        String answer = send(request);
        String shown = "seed " + SEED + ": " + (request.length() < 800 ? request : request.substring(0, 800) + "...");
        assertThat(answer).as(shown).matches("(?s)HTTP/1\\.1 [1-4]\\d\\d .*");
        int status = Integer.parseInt(answer.substring(9, 12));
        int end = answer.indexOf("\r\n\r\n");
        String body = end < 0 ? "" : answer.substring(end + 4);
        if (status >= 400) {
            assertThat(INSIDE.matcher(body).find()).as(shown + "\n" + body).isFalse();
            assertThat(body.length()).as(shown).isLessThan(8_000);
        }
    }

    private String request() {
        String path = one(PATHS);
        while (path.contains("S") || path.contains("V")) {
            path = path.replaceFirst("[SV]", random.nextInt(3) == 0 ? one(SEGMENTS) : random.nextBoolean() ? "s" : "1");
        }
        String method = one(METHODS);
        String body = method.equals("POST") || method.equals("PUT") ? body() : "";
        return method + " " + path + one(QUERIES) + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n" + one(HEADERS)
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    private String body() {
        int kind = random.nextInt(12);
        if (kind == 0) {
            return one(VALUES);
        }
        if (kind == 1) {
            return one(NO_OBJECTS);
        }
        StringBuilder object = new StringBuilder("{\"").append(one(NAMES)).append("\":");
        object.append(random.nextInt(4) == 0 ? one(VALUES) : quoted(one(SCHEMAS)));
        for (int fields = random.nextInt(3); fields > 0; fields--) {
            object.append(",\"").append(one(NAMES)).append("\":");
            object.append(random.nextBoolean() ? one(VALUES) : quoted(one(SCHEMAS)));
        }
        return object.append('}').toString();
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** The whole answer; empty if the connection was closed without one. */
    private String send(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), registry.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
