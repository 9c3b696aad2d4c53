package io.alertstream.registry;

import io.alertstream.cache.Lookups;
import io.alertstream.cache.SingleFlightCache;
import io.alertstream.retry.Backoff;
import io.alertstream.retry.Retry;
import io.alertstream.retry.RetryPolicy;
import io.alertstream.retry.RetryPolicy.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Client of a schema registry, for Avro schemas without references. Safe to use from any thread. Every Future completes
 * on the caller's context; failures are {@link RegistryException}s, after the attempts that {@link CallPolicy} allows.
 * Schemas by id are cached.
 */
public final class RegistryClient {

    private static final String LATEST = "latest";

    /** Hundreds of survey schemas; an evicted one is requested again. */
    private static final long CACHE_BYTES = 32 << 20;

    private final RegistryHttp http;
    private final Retry retry;
    private final SingleFlightCache<Integer, String> schemas;

    public RegistryClient(Vertx vertx, RegistrySettings settings) {
        this(vertx, settings, CallPolicy.DEFAULT);
    }

    public RegistryClient(Vertx vertx, RegistrySettings settings, CallPolicy policy) {
        this.http = new RegistryHttp(vertx, settings, policy);
        this.retry = new Retry(
                vertx,
                new RetryPolicy(
                        new Backoff(policy.firstDelay(), policy.maxDelay()),
                        policy.attempts(),
                        RegistryClient::verdict,
                        RegistryClient::retryAfter));
        this.schemas = new SingleFlightCache<>(
                vertx, CACHE_BYTES, RegistryClient::bytes, id -> loadSchema(id).map(Optional::of), Lookups.UNCOUNTED);
    }

    private static Verdict verdict(Throwable failure) {
        return failure instanceof RegistryException registry && registry.mayPass() ? Verdict.RETRY : Verdict.ANSWER;
    }

    private static Duration retryAfter(Throwable failure) {
        return failure instanceof RegistryException registry
                ? registry.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
    }

    /**
     * The schema document under an id, as the registry returns it. Concurrent and later calls share one request.
     *
     * @return fails with reason MISSING if the registry says that there is none, REFUSED if it isn't an Avro schema
     *     without references, UNAVAILABLE if the registry can't be reached
     */
    public Future<String> schemaById(int id) {
        return schemas.get(id).map(Optional::orElseThrow);
    }

    private static long bytes(String schema) {
        return 2L * schema.length();
    }

    private Future<String> loadSchema(int id) {
        return object(HttpMethod.GET, "/schemas/ids/" + id, null).map(answer -> {
            AnswerFields fields = new AnswerFields("schema " + id, answer);
            String type = fields.text("schemaType", "AVRO");
            if (!type.equals("AVRO")) {
                throw RegistryException.refused("schema " + id + " is of type " + type + ", expected AVRO");
            }
            if (answer.getValue("references") instanceof JsonArray references && !references.isEmpty()) {
                throw RegistryException.refused(
                        "schema " + id + " refers to other schemas, expected one without references");
            }
            return fields.text("schema");
        });
    }

    /**
     * Registers a schema under a subject unless it is there already.
     *
     * @return its id; fails with reason REFUSED if the chosen id or version belongs to another schema
     */
    public Future<Integer> register(String subject, NewSchemaVersion schema) {
        return object(HttpMethod.POST, subjectPath(subject) + "/versions", schema.toJson())
                .map(answer -> new AnswerFields("registration under " + subject, answer).number("id"));
    }

    /**
     * Finds a schema under a subject.
     *
     * @return fails with reason MISSING if the subject (40401) or the schema in it (40403) doesn't exist
     */
    public Future<RegisteredSchema> lookUp(String subject, String schema) {
        return object(HttpMethod.POST, subjectPath(subject), new JsonObject().put("schema", schema))
                .map(answer -> registered(subject, answer));
    }

    /** The subject's newest schema; empty if there is no such subject. */
    public Future<Optional<RegisteredSchema>> latest(String subject) {
        return find(subject, LATEST);
    }

    /** One version of a subject; empty if there is none. */
    public Future<Optional<RegisteredSchema>> version(String subject, int version) {
        return find(subject, Integer.toString(version));
    }

    private Future<Optional<RegisteredSchema>> find(String subject, String version) {
        return optional(object(HttpMethod.GET, subjectPath(subject) + "/versions/" + version, null)
                .map(answer -> registered(subject, answer)));
    }

    /** The subjects that contain the schema under an id; fails with reason MISSING if there is no such id. */
    public Future<List<String>> subjectsOf(int id) {
        return list("/schemas/ids/" + id + "/subjects", String.class);
    }

    /** The registry's mode, for subjects without a mode of their own. */
    public Future<String> mode() {
        return object(HttpMethod.GET, "/mode", null).map(answer -> new AnswerFields("mode", answer).text("mode"));
    }

    /** The mode of the subject; empty if it has none of its own. */
    public Future<Optional<String>> mode(String subject) {
        return optional(object(HttpMethod.GET, "/mode/" + encode(subject), null)
                .map(answer -> new AnswerFields("mode of " + subject, answer).text("mode")));
    }

    /** Sets the mode of the subject, IMPORT even if it contains schemas. */
    public Future<Void> setMode(String subject, String mode) {
        return object(HttpMethod.PUT, "/mode/" + encode(subject) + "?force=true", new JsonObject().put("mode", mode))
                .mapEmpty();
    }

    /** Removes the subject's own mode, so that the registry's applies again. */
    public Future<Void> clearMode(String subject) {
        return optional(retry.call(() -> http.send(HttpMethod.DELETE, "/mode/" + encode(subject), null)))
                .mapEmpty();
    }

    /** Checks whether the registry answers, with one attempt. */
    public Future<Void> check() {
        return http.send(HttpMethod.GET, "/schemas/types", null).mapEmpty();
    }

    /** Closes the connections; requests in progress fail. */
    public void close() {
        http.close();
    }

    private RegisteredSchema registered(String subject, JsonObject answer) {
        AnswerFields fields = new AnswerFields("schema of " + subject, answer);
        return new RegisteredSchema(subject, fields.number("id"), fields.number("version"), fields.text("schema"));
    }

    private Future<JsonObject> object(HttpMethod method, String path, JsonObject body) {
        return retry.call(() -> http.send(method, path, body)).map(answer -> {
            if (answer instanceof JsonObject object) {
                return object;
            }
            throw RegistryException.unreadable(
                    200, Optional.empty(), method + " " + path + ": expected a JSON object, not a bare value", null);
        });
    }

    private <T> Future<List<T>> list(String path, Class<T> type) {
        return retry.call(() -> http.send(HttpMethod.GET, path, null)).map(answer -> {
            if (answer instanceof JsonArray array && array.stream().allMatch(type::isInstance)) {
                return array.stream().map(type::cast).toList();
            }
            throw RegistryException.unreadable(
                    200, Optional.empty(), "GET " + path + ": expected a list of " + type.getSimpleName(), null);
        });
    }

    private static <T> Future<Optional<T>> optional(Future<T> answer) {
        return answer.map(Optional::of)
                .recover(cause -> cause instanceof RegistryException failure
                                && failure.reason() == RegistryException.Reason.MISSING
                        ? Future.succeededFuture(Optional.empty())
                        : Future.failedFuture(cause));
    }

    private static String subjectPath(String subject) {
        return "/subjects/" + encode(subject);
    }

    /** Encodes one path segment. */
    private static String encode(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
