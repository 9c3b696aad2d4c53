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

/** One request and its answer, in the registry's terms. */
final class Exchange {

    static final String JSON_V1 = "application/vnd.schemaregistry.v1+json";
    private static final List<String> PRODUCED =
            List.of(JSON_V1, "application/vnd.schemaregistry+json", "application/json");

    private final RoutingContext context;

    Exchange(RoutingContext context) {
        this.context = context;
    }

    /** A handler that answers with what the function gives, as JSON unless it is a buffer already, or with its failure. */
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

    /** A handler that answers with what the function gives, or with its failure. */
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
            // As a path that doesn't exist: ids are numbers.
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

    /** The part of a list that the client asks for with {@code offset} and {@code limit}. */
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

    /** Only where it is: the decoder's own words are about the decoder. */
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

    /** The best type that both sides know; null if there is none, or if the client's can't be read. */
    String acceptedType() {
        try {
            List<MIMEHeader> accepted = context.parsedHeaders().accept();
            return accepted.isEmpty() ? JSON_V1 : bestOf(accepted);
        } catch (RuntimeException e) { // Vert.x fails in its own ways on what is no header, such as a="
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
