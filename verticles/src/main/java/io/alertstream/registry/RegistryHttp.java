package io.alertstream.registry;

import io.alertstream.settings.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends one request to the registry. Anything but a registry's answer is a {@link RegistryException} that quotes it.
 */
final class RegistryHttp {

    private static final String ACCEPT = "application/vnd.schemaregistry.v1+json, application/json;q=0.5";
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int SHOWN_CHARACTERS = 300;
    private static final String CHECK_URL = " (is SCHEMA_REGISTRY_URL right?)";
    private static final String CHECK_CREDENTIALS =
            " (see SCHEMA_REGISTRY_USERNAME, SCHEMA_REGISTRY_PASSWORD and SCHEMA_REGISTRY_TOKEN)";

    private final WebClient client;
    private final String base;
    private final Optional<Secret> authorization;
    private final CallPolicy policy;

    RegistryHttp(Vertx vertx, RegistrySettings settings, CallPolicy policy) {
        int millis = Math.toIntExact(policy.timeLimit().toMillis());
        // Redirects aren't followed, since they could send the credentials to any host.
        WebClientOptions options =
                new WebClientOptions().setFollowRedirects(false).setConnectTimeout(millis);
        this.client = WebClient.create(vertx, options);
        this.base = settings.url().toString().replaceAll("/+$", "");
        this.authorization = settings.credentials().authorization();
        this.policy = policy;
    }

    /**
     * Sends one request.
     *
     * @param path below the registry's address, percent-encoded
     * @param body null for none
     * @return the answer's JSON: an object, a list, a text or a number
     */
    Future<Object> send(HttpMethod method, String path, JsonObject body) {
        String request = method + " " + base + path;
        long millis = policy.timeLimit().toMillis();
        // The inner limit closes an idle connection; the outer one also ends an answer that trickles in.
        HttpRequest<Buffer> prepared = client.requestAbs(method, base + path)
                .putHeader(HttpHeaders.ACCEPT.toString(), ACCEPT)
                .timeout(millis)
                .as(new BoundedBody(policy.maxAnswerBytes()));
        authorization.ifPresent(value -> prepared.putHeader(HttpHeaders.AUTHORIZATION.toString(), value.reveal()));
        return dispatch(prepared, body)
                .timeout(millis, TimeUnit.MILLISECONDS)
                .recover(cause -> Future.failedFuture(noAnswer(request, cause)))
                .map(answer -> decode(request, answer));
    }

    private static Future<HttpResponse<Buffer>> dispatch(HttpRequest<Buffer> request, JsonObject body) {
        return body == null
                ? request.send()
                : request.putHeader(HttpHeaders.CONTENT_TYPE.toString(), CONTENT_TYPE)
                        .sendBuffer(body.toBuffer());
    }

    private RegistryException noAnswer(String request, Throwable cause) {
        String what = cause instanceof TimeoutException
                ? "no complete answer within " + policy.timeLimit().toMillis() + " ms"
                : shorten(String.valueOf(cause.getMessage()));
        boolean mayPass = !(cause instanceof BoundedBody.TooLongException);
        return RegistryException.unanswered(mayPass, request + ": " + what + CHECK_URL, cause);
    }

    private static Object decode(String request, HttpResponse<Buffer> answer) {
        int status = answer.statusCode();
        Buffer body = answer.body() == null ? Buffer.buffer() : answer.body();
        Object json = null;
        DecodeException unreadable = null;
        try {
            json = Json.decodeValue(body);
        } catch (DecodeException e) {
            unreadable = e;
        }
        if (status >= 200 && status < 300 && json != null) {
            return json;
        }
        String summary = request + ": " + status + " ";
        if (status >= 400
                && json instanceof JsonObject object
                && object.getValue("error_code") instanceof Number code) {
            String message = shorten(String.valueOf(object.getValue("message")));
            String hint = status == 401 || status == 403 ? CHECK_CREDENTIALS : "";
            throw RegistryException.answered(
                    status, code.intValue(), retryAfter(answer), summary + code + " " + message + hint);
        }
        String shown = shorten(body.getString(0, Math.min(body.length(), SHOWN_CHARACTERS)));
        String hint = status == 401 || status == 403 ? CHECK_CREDENTIALS : CHECK_URL;
        throw RegistryException.unreadable(
                status,
                retryAfter(answer),
                summary + "and not a registry's JSON: \"" + shown + "\"" + hint,
                unreadable);
    }

    /** Only seconds: the date form needs synchronized clocks. */
    private static Optional<Duration> retryAfter(HttpResponse<Buffer> answer) {
        String text = answer.getHeader(HttpHeaders.RETRY_AFTER.toString());
        return text != null && text.matches("\\d{1,6}")
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : Optional.empty();
    }

    /** Makes untrusted text safe for a log line. */
    private static String shorten(String text) {
        String start = text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "...";
        return start.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    void close() {
        client.close();
    }
}
