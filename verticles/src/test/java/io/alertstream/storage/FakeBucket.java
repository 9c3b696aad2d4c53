package io.alertstream.storage;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/**
 * A bucket over HTTP with injected faults: each planned fault affects one request, and a lasting one affects every
 * request until {@link #mend}.
 */
public abstract class FakeBucket implements AutoCloseable {

    /** A fault that affects a request. */
    public sealed interface Fault {

        /** Answers with an error and does nothing. */
        record Status(int code, String reason) implements Fault {}

        /** Closes the connection and does nothing. */
        record Reset() implements Fault {}

        /** Never answers. */
        record Silence() implements Fault {}

        /** Performs the request, then closes the connection without an answer. */
        record LostAnswer() implements Fault {}

        /** Performs the request, then closes the connection in the middle of the answer. */
        record CutAnswer() implements Fault {}

        /** Sends half of the object, then closes the connection. */
        record CutBody() implements Fault {}

        /** Flips one bit of the body. */
        record FlippedBit() implements Fault {}

        /** Sends the object without its checksum. */
        record NoHash() implements Fault {}

        /** Answers 200 with an unrelated page, as a captive portal does. */
        record Page() implements Fault {}

        /** Answers 404 as a proxy does that doesn't know the path. */
        record WrongPath() implements Fault {}

        /** Answers with an error of a megabyte. */
        record LargeError(int code) implements Fault {}

        /** Sends the answer byte by byte, and never the last. */
        record Drip() implements Fault {}

        /** Doesn't read the request's body. */
        record Deaf() implements Fault {}
    }

    public static final String BUCKET = "alerts";

    /** Enough for every test, and small enough for an object that is too large. */
    public static final BucketLimits LIMITS =
            new BucketLimits(16, Duration.ofSeconds(15), Duration.ofSeconds(30), 16 << 20);

    public final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    /** The number of requests affected by a fault. */
    public final AtomicInteger befallen = new AtomicInteger();

    public final AtomicInteger requests = new AtomicInteger();
    /** The addresses of clients, one for each connection. */
    public final Set<String> connections = ConcurrentHashMap.newKeySet();

    public volatile HttpServerRequest last;

    /** The bucket that exists. */
    public volatile String bucket = BUCKET;

    /** Changes the body of each list. */
    public volatile UnaryOperator<String> listing = UnaryOperator.identity();

    private final Vertx vertx;
    private final HttpServer server;
    private volatile Fault lasting;

    protected FakeBucket(Vertx vertx) {
        this.vertx = vertx;
        server = ObjectStoreContract.await(
                vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** The bucket, as settings name it. */
    public abstract StoreLocation location();

    /** A store on the bucket. */
    public abstract ObjectStore open(Vertx vertx, BucketLimits limits);

    /** Puts an object into the bucket, as another program does. */
    public abstract void put(String name, byte[] content);

    public void plan(Fault... next) {
        faults.addAll(Arrays.asList(next));
    }

    /** Makes every request suffer a fault until {@link #mend}. */
    public void last(Fault fault) {
        befallen.set(0);
        lasting = fault;
    }

    public void mend() {
        lasting = null;
    }

    @Override
    public void close() {
        ObjectStoreContract.await(server.close());
    }

    private void handle(HttpServerRequest request) {
        requests.incrementAndGet();
        connections.add(request.remoteAddress().toString());
        last = request;
        if (faults.peek() instanceof Fault.Deaf) {
            faults.remove();
            befallen.incrementAndGet();
            request.pause();
            return;
        }
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
            } else if (fault instanceof Fault.Page) {
                befallen.incrementAndGet();
                request.response().end("<html>");
            } else if (fault instanceof Fault.WrongPath) {
                befallen.incrementAndGet();
                request.response()
                        .setStatusCode(404)
                        .putHeader("Content-Type", "text/html")
                        .end("<html>no such page");
            } else if (fault instanceof Fault.LargeError large) {
                befallen.incrementAndGet();
                error(request, large.code(), "planned", "x".repeat(1 << 20));
            } else if (fault instanceof Fault.Drip) {
                befallen.incrementAndGet();
                drip(request.response());
            } else {
                serve(request, body, fault);
            }
        });
    }

    private void drip(HttpServerResponse response) {
        dripHeaders(response);
        response.setChunked(true).write(" ");
        vertx.setPeriodic(20, timer -> {
            if (response.closed()) {
                vertx.cancelTimer(timer);
            } else {
                response.write(" ");
            }
        });
    }

    /** Sets the headers that an answer of this kind of bucket has. */
    protected abstract void dripHeaders(HttpServerResponse response);

    /**
     * Performs the request.
     *
     * @param fault one that affects the answer, or null
     */
    protected abstract void serve(HttpServerRequest request, Buffer body, Fault fault);

    protected abstract void error(HttpServerRequest request, int code, String reason, String message);

    /** Answers that an object was created, unless the fault loses the answer. */
    protected void created(HttpServerRequest request, Buffer body, Fault fault) {
        if (fault instanceof Fault.LostAnswer) {
            befallen.incrementAndGet();
            request.connection().close();
        } else {
            answer(request, body, fault instanceof Fault.CutAnswer);
        }
    }

    protected void answer(HttpServerRequest request, Buffer body, boolean cut) {
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

    /** Answers with an object's bytes, or those of the requested range. */
    protected void content(HttpServerRequest request, byte[] content, Fault fault) {
        String range = request.getHeader("Range");
        byte[] bytes = content.clone();
        if (range != null) {
            String[] ends = range.substring("bytes=".length()).split("-", -1);
            long from = Long.parseLong(ends[0]);
            if (from >= content.length) {
                error(request, 416, "InvalidRange", "The requested range is not satisfiable");
                return;
            }
            int to = ends[1].isEmpty() ? content.length : (int) Math.min(content.length, Long.parseLong(ends[1]) + 1);
            partial(request.response(), from, to, content.length);
            bytes = Arrays.copyOfRange(content, (int) from, to);
        }
        if (fault instanceof Fault.FlippedBit) {
            befallen.incrementAndGet();
            bytes[bytes.length / 3] ^= 4;
        }
        answer(request, Buffer.buffer(bytes), fault instanceof Fault.CutBody);
    }

    private static void partial(HttpServerResponse response, long from, int to, int size) {
        response.setStatusCode(206).putHeader("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + size);
    }

    /** CRC32C as buckets write it: base64 of four bytes, big-endian. */
    public static String crc32c(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, content.length);
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(bytes);
    }
}
