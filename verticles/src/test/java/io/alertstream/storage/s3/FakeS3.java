package io.alertstream.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.storage.BucketLimits;
import io.alertstream.storage.FakeBucket;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.PooledStore;
import io.alertstream.storage.StoreLocation.Access;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/** The part of S3's API that is used here, with path-style addresses. */
public final class FakeS3 extends FakeBucket {

    private static final String REQUEST_ID = "x-amz-request-id";

    /** What gateways do differently. */
    enum Gateway {
        S3,
        /** Replaces objects whatever the request says. */
        IGNORES_IF_NONE_MATCH,
        /** Refuses If-None-Match as unknown. */
        REFUSES_IF_NONE_MATCH,
        /** Refuses it with a page of its web server's. */
        REFUSES_WITH_A_PAGE,
        /** Refuses the newer checksum headers as unknown. */
        WITHOUT_CHECKSUMS,
        /** Answers without x-amz-request-id, as some emulators do. */
        WITHOUT_REQUEST_IDS,
        /** Answers with whole objects, whatever the range. */
        IGNORES_RANGE,
        /** Answers with another range than the one that was asked for. */
        CONFUSES_RANGES,
        /** Answers 200 with an error in the body. */
        ERRORS_IN_200
    }

    /** An object and the headers that came with it. */
    @SuppressWarnings("ArrayRecordComponent") // Read, never compared.
    public record Stored(byte[] content, MultiMap headers) {}

    public final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    volatile Gateway gateway = Gateway.S3;

    private final Path keys;

    /**
     * @param keys a directory for files with credentials
     */
    public FakeS3(Vertx vertx, Path keys) {
        super(vertx);
        this.keys = keys;
    }

    /** A gateway that replaces objects whatever the request says. */
    public static FakeS3 withoutIfNoneMatch(Vertx vertx, Path keys) {
        FakeS3 s3 = new FakeS3(vertx, keys);
        s3.gateway = Gateway.IGNORES_IF_NONE_MATCH;
        return s3;
    }

    @Override
    public S3Location location() {
        return location(BUCKET, S3Checksums.CRC32C, S3WriteOnce.IF_NONE_MATCH);
    }

    S3Location location(String name, S3Checksums checksums, S3WriteOnce writeOnce) {
        return new S3Location(
                name,
                new S3Settings(
                        Optional.of(address()),
                        Optional.empty(),
                        true,
                        checksums,
                        writeOnce,
                        Optional.of(TestKeys.in(keys)),
                        Optional.empty()));
    }

    @Override
    public ObjectStore open(Vertx vertx, BucketLimits limits) {
        return open(vertx, location(), limits);
    }

    ObjectStore open(Vertx vertx, S3Location location, BucketLimits limits) {
        S3Objects store = new S3Objects(location, Access.READ_WRITE, limits);
        Duration patience = Duration.ofSeconds(15);
        return new PooledStore(vertx, store, "fake-s3", limits.calls(), patience, patience);
    }

    @Override
    public void put(String name, byte[] content) {
        objects.put(name, new Stored(content, MultiMap.caseInsensitiveMultiMap()));
    }

    @Override
    protected void dripHeaders(HttpServerResponse response) {
        response.putHeader("ETag", "\"no MD5\"");
    }

    @Override
    protected void serve(HttpServerRequest request, Buffer body, Fault fault) {
        int slash = request.path().indexOf('/', 1);
        String requested =
                request.path().substring(1, slash < 0 ? request.path().length() : slash);
        String name = slash < 0 ? "" : URLDecoder.decode(request.path().substring(slash + 1), UTF_8);
        if (gateway != Gateway.WITHOUT_REQUEST_IDS) {
            request.response().putHeader(REQUEST_ID, "tx000001");
        }
        if (request.getHeader("Authorization") == null) {
            error(request, 403, "AccessDenied", "Access Denied");
        } else if (!requested.equals(bucket)) {
            error(request, 404, "NoSuchBucket", "The specified bucket does not exist");
        } else if (gateway == Gateway.ERRORS_IN_200) {
            error(request, 200, "InternalError", "We encountered an internal error. Please try again.");
        } else if (name.isEmpty()) {
            list(request);
        } else if (request.method().equals(HttpMethod.PUT)) {
            put(request, name, body.getBytes(), fault);
        } else {
            get(request, name, fault);
        }
    }

    private void put(HttpServerRequest request, String name, byte[] content, Fault fault) {
        String crc32c = request.getHeader("x-amz-checksum-crc32c");
        String md5 = request.getHeader("Content-MD5");
        boolean conditional = "*".equals(request.getHeader("If-None-Match"));
        if (gateway == Gateway.WITHOUT_CHECKSUMS && crc32c != null) {
            error(
                    request,
                    501,
                    "NotImplemented",
                    "A header you provided implies functionality that is not implemented");
        } else if (conditional && gateway == Gateway.REFUSES_IF_NONE_MATCH) {
            error(
                    request,
                    501,
                    "NotImplemented",
                    "A header you provided implies functionality that is not implemented");
        } else if (conditional && gateway == Gateway.REFUSES_WITH_A_PAGE) {
            request.response().setStatusCode(501).end("<html>If-None-Match\nis not implemented");
        } else if (crc32c == null
                ? !Checksum.md5(content).equals(md5)
                : !crc32c(content).equals(crc32c)) {
            error(request, 400, "BadDigest", "The checksum did not match what we received");
        } else if (conditional && gateway != Gateway.IGNORES_IF_NONE_MATCH) {
            boolean created = objects.putIfAbsent(name, new Stored(content, request.headers())) == null;
            if (created) {
                request.response().putHeader("ETag", "\"no MD5\"");
                created(request, Buffer.buffer("<!-- in case it is cut -->"), fault);
            } else {
                error(request, 412, "PreconditionFailed", "At least one of the pre-conditions did not hold");
            }
        } else {
            objects.put(name, new Stored(content, request.headers()));
            request.response().putHeader("ETag", "\"no MD5\"");
            created(request, Buffer.buffer("<!-- in case it is cut -->"), fault);
        }
    }

    private void get(HttpServerRequest request, String name, Fault fault) {
        Stored stored = objects.get(name);
        if (stored == null) {
            error(request, 404, "NoSuchKey", "The specified key does not exist.");
            return;
        }
        request.response().putHeader("ETag", "\"no MD5\"");
        boolean hashed = !(fault instanceof Fault.NoHash);
        stored.headers().forEach(header -> {
            if (hashed && header.getKey().startsWith("x-amz-meta-")) {
                request.response().putHeader(header.getKey(), header.getValue());
            }
        });
        String crc32c = stored.headers().get("x-amz-checksum-crc32c");
        if (hashed && crc32c != null && "ENABLED".equals(request.getHeader("x-amz-checksum-mode"))) {
            request.response().putHeader("x-amz-checksum-crc32c", crc32c);
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            request.response()
                    .putHeader("Content-Length", Integer.toString(stored.content().length))
                    .end();
            return;
        }
        if (gateway == Gateway.IGNORES_RANGE) {
            request.response().end(Buffer.buffer(stored.content()));
        } else if (gateway == Gateway.CONFUSES_RANGES) {
            request.response()
                    .setStatusCode(206)
                    .putHeader("Content-Range", "bytes 0-0/" + stored.content().length)
                    .end(Buffer.buffer(stored.content()).slice(0, 1));
        } else {
            content(request, stored.content(), fault);
        }
    }

    private void list(HttpServerRequest request) {
        String prefix = request.getParam("prefix", "");
        int size = Math.min(Integer.parseInt(request.getParam("max-keys", "1000")), 400);
        List<Map.Entry<String, Stored>> found =
                objects.tailMap(request.getParam("start-after", ""), false).entrySet().stream()
                        .filter(object -> object.getKey().startsWith(prefix))
                        .limit(size + 1)
                        .toList();
        boolean encoded = "url".equals(request.getParam("encoding-type"));
        String contents = found.stream()
                .limit(size)
                .map(object -> "<Contents><Key>%s</Key><Size>%d</Size><ETag>\"no MD5\"</ETag></Contents>"
                        .formatted(
                                encoded ? URLEncoder.encode(object.getKey(), UTF_8) : escaped(object.getKey()),
                                object.getValue().content().length))
                .collect(Collectors.joining());
        String page = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                        + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>%s</Name>"
                        + "%s<IsTruncated>%s</IsTruncated>%s</ListBucketResult>")
                .formatted(bucket, encoded ? "<EncodingType>url</EncodingType>" : "", found.size() > size, contents);
        request.response().putHeader("Content-Type", "application/xml").end(listing.apply(page));
    }

    /** As far as XML can: it has no form for control characters. */
    private static String escaped(String name) {
        return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    protected void error(HttpServerRequest request, int code, String reason, String message) {
        request.response().setStatusCode(code).putHeader("Content-Type", "application/xml");
        if (gateway != Gateway.WITHOUT_REQUEST_IDS) {
            request.response().putHeader(REQUEST_ID, "tx000001");
        }
        if (code == 503) {
            request.response().putHeader("Retry-After", "1");
        }
        if (request.method().equals(HttpMethod.HEAD)) {
            request.response().end();
        } else {
            request.response()
                    .end("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>%s</Message></Error>"
                            .formatted(reason, message));
        }
    }
}
