package io.alertstream.loadtest.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    void storedObjectsAreReadAgainAndNothingStays() throws Exception {
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
    void objectsInABucketAreCreatedUnderNewNamesAndGoInTheEnd() throws Exception {
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
                    Bucket.of("http://127.0.0.1:" + emulator.getAddress().getPort() + "/alerts");
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
    void objectsThatStayAreNamed() throws Exception {
        HttpServer emulator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        emulator.createContext("/", exchange -> exchange.sendResponseHeaders(503, -1));
        emulator.start();
        List<String> warnings = new ArrayList<>();
        try {
            Bucket bucket =
                    Bucket.of("http://127.0.0.1:" + emulator.getAddress().getPort() + "/alerts");
            try (BucketLoop loop = new BucketLoop(bucket, List.of(new byte[1]), warnings::add)) {
                assertThatThrownBy(() -> loop.store(0)).hasMessageContaining("503");
            }
            assertThat(warnings).singleElement().asString().contains("load-test-", "stay in " + bucket, "503");
        } finally {
            emulator.stop(0);
        }
    }

    @Test
    void aBucketNeedsItsWholeAddress() {
        for (String url : List.of(
                "alerts",
                "http://127.0.0.1:4443",
                "http://127.0.0.1:4443/a/b",
                "https://127.0.0.1/alerts",
                "//127.0.0.1/alerts",
                "http://127.0.0.1/alerts?x=1",
                "http://a b/alerts")) {
            assertThatThrownBy(() -> Bucket.of(url)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void whatIsDeflatedInflates() {
        byte[] deflated = Gzip.deflate(new byte[100_000]);
        assertThat(deflated).hasSizeBetween(1, 10_000);
        Gzip.inflate(deflated);
    }

    @Test
    void aLoopCountsItsTurns() throws InterruptedException {
        assertThat(Loop.perSecond(2, Duration.ofMillis(50), number -> {})).isGreaterThan(1000);
    }

    @Test
    void aLoopEndsWithWhatGoesWrong() {
        assertThatThrownBy(() -> Loop.perSecond(1, Duration.ofSeconds(60), number -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("disk full");
    }
}
