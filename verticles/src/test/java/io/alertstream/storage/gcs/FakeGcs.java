package io.alertstream.storage.gcs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.ObjectStoreContract;
import io.alertstream.storage.PooledStore;
import io.alertstream.storage.StoreLocation.Access;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * As much of the JSON interface of Google Cloud Storage as is used here, over HTTP, and what can go wrong with it: each
 * fault that is planned befalls one request, and one that lasts befalls every request until it is mended.
 */
public final class FakeGcs implements AutoCloseable {

    public static final String BUCKET = "alerts";

    /** What may befall a request. */
    public sealed interface Fault {

        /** It is answered with an error, and nothing is done. */
        record Status(int code, String reason) implements Fault {}

        /** Nothing is done, and the connection is closed. */
        record Reset() implements Fault {}

        /** Nothing is ever answered. */
        record Silence() implements Fault {}

        /** What is asked for is done, and the connection is closed without an answer. */
        record LostAnswer() implements Fault {}

        /** What is asked for is done, and the connection is closed in the middle of the answer. */
        record CutAnswer() implements Fault {}

        /** Half of the object comes, and the connection is closed. */
        record CutBody() implements Fault {}

        /** One bit of the body is another. */
        record FlippedBit() implements Fault {}

        /** The object comes without its checksum. */
        record NoHash() implements Fault {}

        /** Somebody else answers 200, as the page of a network does that wants a password first. */
        record Page() implements Fault {}
    }

    /** An object and what is known of it. */
    @SuppressWarnings("ArrayRecordComponent") // Read, never compared.
    public record Stored(byte[] content, JsonObject about) {}

    public final Map<String, Stored> objects = new ConcurrentHashMap<>();
    public final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    /** Requests that came to grief. */
    public final AtomicInteger befallen = new AtomicInteger();

    final AtomicInteger requests = new AtomicInteger();
    public volatile String bucket = BUCKET;
    volatile HttpServerRequest last;

    private final HttpServer server;
    private volatile Fault lasting;

    public FakeGcs(Vertx vertx) {
        server = ObjectStoreContract.await(
                vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** The bucket, as settings name it. */
    public GcsLocation location() {
        return new GcsLocation(BUCKET, new GcsSettings(Optional.of(address()), true));
    }

    public void plan(Fault... next) {
        faults.addAll(Arrays.asList(next));
    }

    /** From now on until {@link #mend}. */
    public void last(Fault fault) {
        befallen.set(0);
        lasting = fault;
    }

    public void mend() {
        lasting = null;
    }

    /** A store on the bucket whose requests give up after a while of silence. */
    public ObjectStore open(Vertx vertx, Duration readTimeout) {
        GcsObjects objects = new GcsObjects(location(), Access.READ_WRITE, 16, readTimeout, 16 << 20);
        return new PooledStore(vertx, objects, "fake-gcs", 16, readTimeout);
    }

    @Override
    public void close() {
        ObjectStoreContract.await(server.close());
    }

    private void handle(HttpServerRequest request) {
        requests.incrementAndGet();
        last = request;
        request.body().onSuccess(body -> {
            Fault planned = faults.poll();
            Fault fault = planned == null ? lasting : planned;
            if (fault instanceof Fault.Status status) {
                befallen.incrementAndGet();
                error(request, status.code(), status.reason(), "planned");
            } else if (fault instanceof Fault.Reset) {
                befallen.incrementAndGet();
                request.connection().close();
            } else if (fault instanceof Fault.Silence) {
                befallen.incrementAndGet();
            } else {
                serve(request, body, fault);
            }
        });
    }

    private void serve(HttpServerRequest request, Buffer body, Fault fault) {
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
            json(request, about(name, stored));
        }
    }

    private static JsonObject about(String name, Stored stored) {
        return new JsonObject()
                .put("name", name)
                .put("bucket", BUCKET)
                .put("size", Integer.toString(stored.content().length))
                .put("crc32c", crc32c(stored.content()));
    }

    /** Smaller pages than were asked for, as buckets may give. */
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
        json(request, page);
    }

    private static void json(HttpServerRequest request, JsonObject body) {
        request.response().putHeader("Content-Type", "application/json").end(body.toBuffer());
    }

    private void insert(HttpServerRequest request, Buffer body, Fault fault) {
        String type = request.getHeader("Content-Type");
        String boundary = "--" + type.replaceAll(".*boundary=\"?([^\";]+).*", "$1");
        String[] parts = body.toString(ISO_8859_1).split(Pattern.quote(boundary), -1);
        JsonObject about = new JsonObject(Buffer.buffer(content(parts[1])));
        byte[] content = content(parts[2]);
        if (!crc32c(content).equals(about.getString("crc32c"))) {
            error(request, 400, "invalid", "Provided CRC32C doesn't match calculated CRC32C.");
        } else if (!"0".equals(request.getParam("ifGenerationMatch"))) {
            error(request, 400, "required", "a precondition is missing");
        } else if (objects.putIfAbsent(about.getString("name"), new Stored(content, about)) != null) {
            error(request, 412, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
        } else if (fault instanceof Fault.LostAnswer) {
            befallen.incrementAndGet();
            request.connection().close();
        } else {
            request.response().putHeader("Content-Type", "application/json");
            answer(request, about.toBuffer(), fault instanceof Fault.CutAnswer);
        }
    }

    private void answer(HttpServerRequest request, Buffer body, boolean cut) {
        if (cut) {
            befallen.incrementAndGet();
            request.response()
                    .putHeader("Content-Length", Integer.toString(body.length()))
                    .write(body.getBuffer(0, body.length() / 2))
                    .onComplete(half -> request.connection().close());
        } else {
            request.response().end(body);
        }
    }

    /** CRC32C as buckets write it: base64 of four bytes, big-endian. */
    static String crc32c(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, content.length);
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] content(String part) {
        String content = part.substring(part.indexOf("\r\n\r\n") + 4);
        return content.substring(0, content.length() - 2).getBytes(ISO_8859_1);
    }

    private void media(HttpServerRequest request, String name, Fault fault) {
        Stored stored = objects.get(name);
        if (stored == null) {
            request.response().setStatusCode(404).end("No such object: " + bucket + "/" + name);
            return;
        }
        String range = request.getHeader("Range");
        if (range != null) {
            range(request, stored.content(), range, fault);
            return;
        }
        byte[] content = stored.content().clone();
        if (fault instanceof Fault.NoHash || fault instanceof Fault.Page) {
            befallen.incrementAndGet();
            request.response().end(fault instanceof Fault.Page ? Buffer.buffer("<html>") : Buffer.buffer(content));
            return;
        }
        request.response().putHeader("x-goog-hash", "md5=AAAA,crc32c=" + crc32c(content));
        if (fault instanceof Fault.FlippedBit) {
            befallen.incrementAndGet();
            content[content.length / 3] ^= 4;
        }
        answer(request, Buffer.buffer(content), fault instanceof Fault.CutBody);
    }

    private void range(HttpServerRequest request, byte[] content, String range, Fault fault) {
        String[] ends = range.substring("bytes=".length()).split("-", -1);
        long from = Long.parseLong(ends[0]);
        if (from >= content.length) {
            request.response().setStatusCode(416).end("Requested range cannot be satisfied.");
            return;
        }
        int to = ends[1].isEmpty() ? content.length : (int) Math.min(content.length, Long.parseLong(ends[1]) + 1);
        request.response()
                .setStatusCode(206)
                .putHeader("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length)
                .putHeader("x-goog-hash", "crc32c=" + crc32c(content));
        answer(request, Buffer.buffer(Arrays.copyOfRange(content, (int) from, to)), fault instanceof Fault.CutBody);
    }

    private static void error(HttpServerRequest request, int code, String reason, String message) {
        JsonObject error = new JsonObject()
                .put("code", code)
                .put("message", message)
                .put(
                        "errors",
                        new JsonArray()
                                .add(new JsonObject().put("reason", reason).put("message", message)));
        request.response()
                .setStatusCode(code)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject().put("error", error).toBuffer());
    }
}
