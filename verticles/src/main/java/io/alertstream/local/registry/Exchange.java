package io.alertstream.local.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** One request and its response, in the registry's terms. */
final class Exchange {

    static final String JSON_V1 = "application/vnd.schemaregistry.v1+json";
    private static final List<String> PRODUCED =
            List.of(JSON_V1, "application/vnd.schemaregistry+json", "application/json");

    private final RoutingContext context;

    Exchange(RoutingContext context) {
        this.context = context;
    }

    /**
     * A handler that responds with the function's result, as JSON unless it is a buffer already, or with its failure.
     */
    static Handler<RoutingContext> answering(Function<Exchange, Future<?>> function) {
        return context -> {
            Exchange exchange = new Exchange(context);
            Future.succeededFuture()
                    .compose(start -> function.apply(exchange))
                    .onSuccess(answer ->
                            exchange.end(200, answer instanceof Buffer ready ? ready : Json.encodeToBuffer(answer)))
                    .onFailure(context::fail);
        };
    }

    /** A handler that responds with the function's result, or with its failure. */
    static Handler<RoutingContext> giving(Function<Exchange, Object> function) {
        return answering(exchange -> Future.succeededFuture(function.apply(exchange)));
    }

    /** The subject in the path. */
    String subject() {
        return context.pathParam("subject");
    }

    VersionNumber version() {
        return VersionNumber.parse(context.pathParam("version"));
    }

    int id() {
        try {
            return Integer.parseInt(context.pathParam("id"));
        } catch (NumberFormatException e) {
            // Like a path that doesn't exist, since ids are numbers.
            throw ApiError.http(404, "HTTP 404 Not Found");
        }
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(parameter(name, "false"));
    }

    String parameter(String name, String otherwise) {
        return context.queryParams().contains(name) ? context.queryParams().get(name) : otherwise;
    }

    private long number(String name, long otherwise) {
        try {
            return Long.parseLong(parameter(name, Long.toString(otherwise)));
        } catch (NumberFormatException e) {
            throw ApiError.http(404, "Invalid " + name + ": expected a whole number");
        }
    }

    /** The part of a list that the client selects with {@code offset} and {@code limit}. */
    <T> List<T> page(Stream<T> all) {
        long limit = number("limit", -1);
        return all.skip(Math.max(0, number("offset", 0)))
                .limit(limit < 0 ? Long.MAX_VALUE : limit)
                .toList();
    }

    JsonObject body() {
        Buffer body = context.body().buffer();
        try {
            if (body != null && Json.decodeValue(body) instanceof JsonObject object) {
                return object;
            }
        } catch (DecodeException e) {
            throw ApiError.http(400, "Malformed JSON" + place(e));
        }
        throw ApiError.http(400, "Expected a JSON object");
    }

    /** Only the location: the decoder's message is about its own internals. */
    private static String place(DecodeException e) {
        return e.getCause() instanceof JsonProcessingException json && json.getLocation() != null
                ? " at line %d, column %d"
                        .formatted(
                                json.getLocation().getLineNr(),
                                json.getLocation().getColumnNr())
                : "";
    }

    /** The schema in the body. */
    NewSchema newSchema() {
        return NewSchema.read(body(), flag("normalize"));
    }

    void end(int status, Buffer body) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType())
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }

    private String contentType() {
        String accepted = acceptedType();
        return accepted == null ? JSON_V1 : accepted;
    }

    /** The best type that both sides support; null if there is none, or the header can't be parsed. */
    String acceptedType() {
        try {
            List<MIMEHeader> accepted = context.parsedHeaders().accept();
            return accepted.isEmpty() ? JSON_V1 : bestOf(accepted);
        } catch (RuntimeException e) { // Vert.x fails in various ways on an invalid header such as a="
            return null;
        }
    }

    private static String bestOf(List<MIMEHeader> accepted) {
        return accepted.stream()
                .map(header -> header.component() + "/" + header.subComponent())
                .map(type -> type.equals("*/*") || type.equals("application/*") ? JSON_V1 : type)
                .filter(PRODUCED::contains)
                .findFirst()
                .orElse(null);
    }
}
