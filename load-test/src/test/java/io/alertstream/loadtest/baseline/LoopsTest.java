package io.alertstream.loadtest.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopsTest {

    @TempDir
    Path temp;

    @Test
    void storedObjectsAreReadBackAndNothingIsLeft() throws Exception {
        byte[] content = {1, 2, 3};
        try (StoreLoop store = new StoreLoop(temp, List.of(content))) {
            store.store(0);
            store.store(1);
            assertThat(store.read(1)).isEqualTo(content);
            assertThatThrownBy(() -> store.store(1)).isInstanceOf(IOException.class);
        }
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void bucketObjectsAreCreatedUnderNewNamesAndDeletedAtTheEnd() throws Exception {
        Map<String, byte[]> objects = new ConcurrentHashMap<>();
        List<String> warnings = new ArrayList<>();
        Queue<String> queries = new ConcurrentLinkedQueue<>();
        HttpServer emulator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        emulator.createContext("/upload/storage/v1/b/alerts/o", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            queries.add(query);
            byte[] content = exchange.getRequestBody().readAllBytes();
            boolean isNew = objects.putIfAbsent(query.replaceAll(".*name=", ""), content) == null;
            exchange.sendResponseHeaders(isNew ? 200 : 412, -1);
        });
        emulator.createContext("/storage/v1/b/alerts/o/", exchange -> {
            boolean gone = objects.remove(exchange.getRequestURI().getPath().replaceAll(".*/", "")) != null;
            exchange.sendResponseHeaders(gone ? 204 : 404, -1);
        });
        emulator.start();
        try {
            byte[] content = {1, 2, 3};
            Bucket bucket =
                    Bucket.of("http://127.0.0.1:" + emulator.getAddress().getPort() + "/alerts", Map.of());
            try (BucketLoop loop = new BucketLoop(bucket, List.of(content), warnings::add)) {
                loop.store(0);
                loop.store(1);
                assertThat(objects.values()).containsExactly(content, content);
                assertThat(queries).allSatisfy(query -> assertThat(query).contains("ifGenerationMatch=0"));
                assertThatThrownBy(() -> loop.store(1)).hasMessageContaining("412");
            }
            assertThat(objects).isEmpty();
            assertThat(warnings).isEmpty();
        } finally {
            emulator.stop(0);
        }
    }

    @Test
    void s3ObjectsAreCreatedUnderNewNamesAndDeletedAtTheEnd() throws Exception {
        Map<String, byte[]> objects = new ConcurrentHashMap<>();
        Queue<String> signatures = new ConcurrentLinkedQueue<>();
        HttpServer s3 = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        s3.createContext("/alerts/", exchange -> {
            signatures.add(exchange.getRequestHeaders().getFirst("authorization"));
            String object = exchange.getRequestURI().getPath();
            byte[] content = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("DELETE")) {
                exchange.sendResponseHeaders(objects.remove(object) == null ? 404 : 204, -1);
            } else {
                boolean isNew = "*".equals(exchange.getRequestHeaders().getFirst("if-none-match"))
                        && objects.putIfAbsent(object, content) == null;
                exchange.sendResponseHeaders(isNew ? 200 : 412, -1);
            }
        });
        s3.start();
        try {
            Bucket bucket = Bucket.of(
                    "s3:http://127.0.0.1:" + s3.getAddress().getPort() + "/alerts",
                    Map.of("AWS_ACCESS_KEY_ID", "AKIA", "AWS_SECRET_ACCESS_KEY", "secret"));
            byte[] content = {1, 2, 3};
            try (BucketLoop loop = new BucketLoop(bucket, List.of(content), warning -> {})) {
                loop.store(0);
                loop.store(1);
                assertThat(objects.values()).containsExactly(content, content);
                assertThatThrownBy(() -> loop.store(1)).hasMessageContaining("412");
            }
            assertThat(objects).isEmpty();
            assertThat(signatures).hasSize(6).allSatisfy(signature -> assertThat(signature)
                    .startsWith("AWS4-HMAC-SHA256 Credential=AKIA/")
                    .doesNotContain("secret"));
        } finally {
            s3.stop(0);
        }
    }

    /** Calculated by another program, with the keys of AWS's examples. */
    @Test
    void aSignatureEqualsThatOfOtherPrograms() {
        S3Signature signature = new S3Signature(
                Optional.of(new S3Signature.Keys("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")),
                "us-east-1",
                Clock.fixed(Instant.parse("2013-05-24T00:00:00Z"), ZoneOffset.UTC));

        assertThat(signature
                        .signed("PUT", URI.create("http://127.0.0.1:9000/alerts/one"), new byte[] {1, 2, 3})
                        .build()
                        .headers()
                        .firstValue("authorization"))
                .contains(
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date, "
                                + "Signature=1739bac889806d92223301e84c55c9163d143395d776b0edc1d7ca13fc1dfc7e");
    }

    @Test
    void objectsThatRemainAreNamed() throws Exception {
        HttpServer emulator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        emulator.createContext("/", exchange -> exchange.sendResponseHeaders(503, -1));
        emulator.start();
        List<String> warnings = new ArrayList<>();
        try {
            Bucket bucket =
                    Bucket.of("http://127.0.0.1:" + emulator.getAddress().getPort() + "/alerts", Map.of());
            try (BucketLoop loop = new BucketLoop(bucket, List.of(new byte[1]), warnings::add)) {
                assertThatThrownBy(() -> loop.store(0)).hasMessageContaining("503");
            }
            assertThat(warnings).singleElement().asString().contains("load-test-", "are left in " + bucket, "503");
        } finally {
            emulator.stop(0);
        }
    }

    @Test
    void aBucketNeedsItsFullAddress() {
        for (String url : List.of(
                "alerts",
                "http://127.0.0.1:4443",
                "http://127.0.0.1:4443/a/b",
                "https://127.0.0.1/alerts",
                "//127.0.0.1/alerts",
                "http://127.0.0.1/alerts?x=1",
                "s3://alerts",
                "s3:http://127.0.0.1",
                "http://a b/alerts")) {
            assertThatThrownBy(() -> Bucket.of(url, Map.of())).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void deflatedDataInflates() {
        byte[] deflated = Gzip.deflate(new byte[100_000]);
        assertThat(deflated).hasSizeBetween(1, 10_000);
        Gzip.inflate(deflated);
    }

    @Test
    void aLoopCountsItsIterations() throws InterruptedException {
        assertThat(Loop.perSecond(2, Duration.ofMillis(50), number -> {})).isGreaterThan(1000);
    }

    @Test
    void aLoopEndsWithTheFailure() {
        assertThatThrownBy(() -> Loop.perSecond(1, Duration.ofSeconds(60), number -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("disk full");
    }
}
