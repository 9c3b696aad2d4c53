package io.alertstream.storage.gcs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.storage.BucketLimits;
import io.alertstream.storage.FakeBucket;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.PooledStore;
import io.alertstream.storage.StoreLocation.Access;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The part of Google Cloud Storage's JSON API that is used here. */
public final class FakeGcs extends FakeBucket {

    /** An object and its metadata. */
    @SuppressWarnings("ArrayRecordComponent") // Read, never compared.
    public record Stored(byte[] content, JsonObject about) {}

    public final Map<String, Stored> objects = new ConcurrentHashMap<>();
    /** Whether a read of a missing object is answered as by any web server, as some emulators do. */
    public volatile boolean emulator;

    public FakeGcs(Vertx vertx) {
        super(vertx);
    }

    @Override
    public GcsLocation location() {
        return new GcsLocation(BUCKET, new GcsSettings(Optional.of(address()), true));
    }

    @Override
    public ObjectStore open(Vertx vertx, BucketLimits limits) {
        GcsObjects objects = new GcsObjects(location(), Access.READ_WRITE, limits);
        Duration patience = Duration.ofSeconds(15);
        return new PooledStore(vertx, objects, "fake-gcs", limits.calls(), patience, patience);
    }

    @Override
    public void put(String name, byte[] content) {
        objects.put(name, new Stored(content, new JsonObject()));
    }

    @Override
    protected void dripHeaders(HttpServerResponse response) {
        response.putHeader("Content-Type", "application/json; charset=UTF-8")
                .putHeader("x-goog-hash", "crc32c=AAAAAA==");
    }

    @Override
    protected void serve(HttpServerRequest request, Buffer body, Fault fault) {
        String[] path = request.path().split("/", -1);
        int b = Arrays.asList(path).indexOf("b");
        if (!path[b + 1].equals(bucket)) {
            error(request, 404, "notFound", "The specified bucket does not exist.");
        } else if (path[1].equals("upload")) {
            insert(request, body, fault);
        } else if (path.length > b + 3) {
            String name = URLDecoder.decode(path[b + 3], UTF_8);
            if ("media".equals(request.getParam("alt"))) {
                media(request, name, fault);
            } else {
                about(request, name);
            }
        } else {
            list(request);
        }
    }

    private void about(HttpServerRequest request, String name) {
        Stored stored = objects.get(name);
        if (stored == null) {
            error(request, 404, "notFound", "No such object: " + bucket + "/" + name);
        } else {
            json(request, about(name, stored).toBuffer());
        }
    }

    private static JsonObject about(String name, Stored stored) {
        return new JsonObject()
                .put("name", name)
                .put("bucket", BUCKET)
                .put("size", Integer.toString(stored.content().length))
                .put("crc32c", crc32c(stored.content()));
    }

    /** Lists in smaller pages than requested, as buckets may. */
    private void list(HttpServerRequest request) {
        String prefix = request.getParam("prefix", "");
        String offset = request.getParam("pageToken", request.getParam("startOffset", ""));
        List<String> names = objects.keySet().stream()
                .filter(name -> name.startsWith(prefix) && name.compareTo(offset) >= 0)
                .sorted()
                .toList();
        int size = Math.min(Integer.parseInt(request.getParam("maxResults", "1000")), 400);
        JsonObject page = new JsonObject()
                .put(
                        "items",
                        new JsonArray(names.stream()
                                .limit(size)
                                .map(name -> about(name, objects.get(name)))
                                .toList()));
        if (names.size() > size) {
            page.put("nextPageToken", names.get(size));
        }
        json(request, Buffer.buffer(listing.apply(page.encode())));
    }

    private static void json(HttpServerRequest request, Buffer body) {
        request.response()
                .putHeader("Content-Type", "application/json; charset=UTF-8")
                .end(body);
    }

    private void insert(HttpServerRequest request, Buffer body, Fault fault) {
        String type = request.getHeader("Content-Type");
        String boundary = "--" + type.replaceAll(".*boundary=\"?([^\";]+).*", "$1");
        String[] parts = body.toString(ISO_8859_1).split(Pattern.quote(boundary), -1);
        JsonObject about = new JsonObject(Buffer.buffer(part(parts[1])));
        byte[] content = part(parts[2]);
        if (!crc32c(content).equals(about.getString("crc32c"))) {
            error(request, 400, "invalid", "Provided CRC32C doesn't match calculated CRC32C.");
        } else if (!"0".equals(request.getParam("ifGenerationMatch"))) {
            error(request, 400, "required", "a precondition is missing");
        } else if (objects.putIfAbsent(about.getString("name"), new Stored(content, about)) != null) {
            error(request, 412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
        } else {
            request.response().putHeader("Content-Type", "application/json");
            created(request, about.toBuffer(), fault);
        }
    }

    private static byte[] part(String part) {
        String content = part.substring(part.indexOf("\r\n\r\n") + 4);
        return content.substring(0, content.length() - 2).getBytes(ISO_8859_1);
    }

    private void media(HttpServerRequest request, String name, Fault fault) {
        Stored stored = objects.get(name);
        if (stored == null) {
            request.response().setStatusCode(404).putHeader("Content-Type", "text/html; charset=UTF-8");
            if (!emulator) {
                request.response().putHeader("X-GUploader-UploadID", "ABPtcPo");
            }
            request.response().end("No such object: " + bucket + "/" + name);
            return;
        }
        if (fault instanceof Fault.NoHash) {
            befallen.incrementAndGet();
        } else {
            request.response().putHeader("x-goog-hash", "md5=AAAA,crc32c=" + crc32c(stored.content()));
        }
        content(request, stored.content(), fault);
    }

    @Override
    protected void error(HttpServerRequest request, int code, String reason, String message) {
        JsonObject error = new JsonObject()
                .put("code", code)
                .put("message", message)
                .put(
                        "errors",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("domain", "global")
                                        .put("reason", reason)
                                        .put("message", message)));
        request.response()
                .setStatusCode(code)
                .putHeader("Content-Type", "application/json; charset=UTF-8")
                .putHeader("X-GUploader-UploadID", "ABPtcPo")
                .end(new JsonObject().put("error", error).toBuffer());
    }
}
