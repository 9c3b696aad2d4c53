package io.alertstream.local.registry;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A client that is independent of the server: the JDK's, which offers HTTP/2. */
public final class Http {

    public static final String JSON_V1 = "application/vnd.schemaregistry.v1+json";

    /** An answer, read as the test needs it. */
    public record Answer(int status, String contentType, String body) {

        public JsonObject object() {
            return new JsonObject(body);
        }

        public JsonArray array() {
            return new JsonArray(body);
        }

        public List<Object> list() {
            return array().stream().toList();
        }

        /** The registry's error code; 0 in an answer that isn't an error. */
        public int code() {
            return Json.decodeValue(body) instanceof JsonObject object ? object.getInteger("error_code", 0) : 0;
        }
    }

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String base;

    public Http(String base) {
        this.base = base;
    }

    /** A subject as part of a path. */
    public static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public Answer get(String path) {
        return send("GET", path, null, JSON_V1, JSON_V1);
    }

    public Answer delete(String path) {
        return send("DELETE", path, null, JSON_V1, JSON_V1);
    }

    public Answer post(String path, JsonObject body) {
        return send("POST", path, body.encode(), JSON_V1, JSON_V1);
    }

    public Answer put(String path, JsonObject body) {
        return send("PUT", path, body.encode(), JSON_V1, JSON_V1);
    }

    /** Sends any request; null arguments are left out. */
    public Answer send(String method, String path, String body, String contentType, String accept) {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, publisher);
        if (contentType != null && body != null) {
            request.header("Content-Type", contentType);
        }
        if (accept != null) {
            request.header("Accept", accept);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
