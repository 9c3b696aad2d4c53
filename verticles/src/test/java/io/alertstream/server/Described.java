package io.alertstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.alertstream.server.RawHttp.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Checks real answers against an OpenAPI document: status, media type, headers, and the schema of JSON. Records which
 * answers it has seen, so that a test can list those it missed.
 */
final class Described {

    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final JsonObject document;
    private final OpenAPIContract contract;
    private final ResponseValidator ofJson;
    private final ResponseValidator ofOthers;
    private final Set<String> unseen;

    Described(Vertx vertx, String yaml) throws IOException {
        document = new JsonObject(new YAMLMapper().readTree(yaml).toString());
        // The library refuses documents with media types that it can't read itself.
        contract = contract(vertx, type -> false);
        ofOthers = ResponseValidator.create(vertx, contract);
        ofJson = ResponseValidator.create(vertx, contract(vertx, Described::isJson));
        unseen = contract.operations().stream()
                .flatMap(operation -> responses(operation).fieldNames().stream().flatMap(status -> {
                    Set<String> types = types(operation, status);
                    return types.isEmpty()
                            ? Set.of(name(operation, status, "")).stream()
                            : types.stream().map(type -> name(operation, status, type));
                }))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The paths that are described. */
    Set<String> paths() {
        return document.getJsonObject("paths").fieldNames();
    }

    /** The values that are described for a query parameter. */
    Set<String> values(String path, String parameter) {
        return document
                .getJsonObject("paths")
                .getJsonObject(path)
                .getJsonObject("get")
                .getJsonArray("parameters")
                .stream()
                .map(JsonObject.class::cast)
                .filter(described -> parameter.equals(described.getString("name")))
                .flatMap(described -> described.getJsonObject("schema").getJsonArray("enum").stream())
                .map(String.class::cast)
                .collect(Collectors.toSet());
    }

    /** Described answers not seen yet, such as {@code GET /v1/alerts/{id} 404 application/json}. */
    Set<String> unseen() {
        return unseen;
    }

    /** Fails if the answer isn't as described. */
    void check(String method, String target, Answer answer) {
        String what = method + " " + target + " " + answer.status();
        Operation operation = contract.findOperation(target.replaceAll("\\?.*", ""), HttpMethod.valueOf(method));
        assertThat(operation).as("%s: is described", what).isNotNull();
        String status = Integer.toString(answer.status());
        assertThat(responses(operation).fieldNames()).as(what).contains(status);

        Set<String> types = types(operation, status);
        String type = answer.headers().getOrDefault("content-type", "").replaceAll("\\s*;.*", "");
        if (types.isEmpty()) {
            assertThat(type).as("%s: media type", what).isEmpty();
            assertThat(answer.body()).as(what).isEmpty();
        } else {
            assertThat(types).as("%s: media type", what).contains(type);
            assertThat(answer.body()).as(what).isNotEmpty();
        }
        boolean events = type.equals(EVENTS);
        Buffer body = Buffer.buffer(answer.body());
        ServedArchive.await((isJson(type) || events ? ofJson : ofOthers)
                .validate(
                        ValidatableResponse.create(
                                answer.status(),
                                answer.headers(),
                                events ? firstEvent(answer) : body,
                                events ? JSON : type),
                        operation.getOperationId())
                .recover(failure -> {
                    throw new AssertionError(what + ": " + failure.getMessage(), failure);
                }));
        unseen.remove(name(operation, status, type));
    }

    private static Buffer firstEvent(Answer answer) {
        return Buffer.buffer(answer.text()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .findFirst()
                .orElseThrow()
                .substring("data: ".length()));
    }

    private static String name(Operation operation, String status, String type) {
        return (operation.getHttpMethod() + " " + operation.getOpenAPIPath() + " " + status + " " + type).strip();
    }

    private JsonObject responses(Operation operation) {
        return document.getJsonObject("paths")
                .getJsonObject(operation.getOpenAPIPath())
                .getJsonObject(operation.getHttpMethod().name().toLowerCase(Locale.ROOT))
                .getJsonObject("responses");
    }

    private Set<String> types(Operation operation, String status) {
        JsonObject response = responses(operation).getJsonObject(status);
        String reference = response.getString("$ref", "");
        JsonObject found = reference.isEmpty()
                ? response
                : document.getJsonObject("components")
                        .getJsonObject("responses")
                        .getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
        return found.getJsonObject("content", new JsonObject()).fieldNames();
    }

    private static boolean isJson(String type) {
        return type.equals(JSON) || type.endsWith("+json");
    }

    /** The contract with only these content types, and header names in lower case as in the answers here. */
    private OpenAPIContract contract(Vertx vertx, Predicate<String> contentKept) {
        JsonObject narrowed = document.copy();
        narrowed.getJsonObject("paths").forEach(path -> ((JsonObject) path.getValue()).forEach(operation -> {
            if (operation.getValue() instanceof JsonObject described) {
                narrow(described.getJsonObject("responses"), contentKept);
            }
        }));
        narrow(narrowed.getJsonObject("components").getJsonObject("responses"), contentKept);
        // The library ignores nullable, which is OpenAPI 3.0's; in 3.1, null is a type.
        narrowed.put("openapi", "3.1.0");
        nullIsAType(narrowed);
        return ServedArchive.await(OpenAPIContract.from(vertx, narrowed));
    }

    private static void nullIsAType(Object part) {
        if (part instanceof JsonObject object) {
            if (object.remove("nullable") != null) {
                object.put("type", JsonArray.of(object.getString("type"), "null"));
            }
            object.forEach(member -> nullIsAType(member.getValue()));
        } else if (part instanceof JsonArray array) {
            array.forEach(Described::nullIsAType);
        }
    }

    private static void narrow(JsonObject responses, Predicate<String> contentKept) {
        for (String name : responses.fieldNames()) {
            JsonObject response = responses.getJsonObject(name);
            if (response.containsKey("content")) {
                Object events = response.getJsonObject("content").remove(EVENTS);
                if (events != null) {
                    response.getJsonObject("content").put(JSON, events); // Each event is JSON.
                }
                response.getJsonObject("content").fieldNames().removeIf(contentKept.negate());
            }
            if (response.containsKey("headers")) {
                JsonObject headers = new JsonObject();
                response.getJsonObject("headers")
                        .forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
                response.put("headers", headers);
            }
        }
    }
}
