package io.alertstream.storage.gcs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.storage.BucketContract;
import io.alertstream.storage.BucketLimits;
import io.alertstream.storage.FakeBucket;
import io.alertstream.storage.FakeBucket.Fault;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.StoreLocation.Access;
import io.alertstream.storage.gcs.FakeGcs.Stored;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** What a GCS store guarantees beyond what every bucket does. */
class GcsStoreTest extends BucketContract {

    private FakeGcs gcs;

    @Override
    protected FakeBucket openBucket() {
        gcs = new FakeGcs(vertx);
        return gcs;
    }

    static List<Fault> faultsThatPass() {
        return List.of(
                new Fault.Status(408, "timeout"),
                new Fault.Status(429, "rateLimitExceeded"),
                new Fault.Status(500, "internalError"),
                new Fault.Status(502, "badGateway"),
                new Fault.Status(503, "backendError"),
                new Fault.Status(504, "gatewayTimeout"),
                new Fault.Status(403, "rateLimitExceeded"),
                new Fault.Page(),
                new Fault.Reset());
    }

    static List<Arguments> faultsForAnOperator() {
        return List.of(
                Arguments.of(401, "authError", "credentials were refused"),
                Arguments.of(403, "forbidden", "roles/storage.objectViewer"),
                Arguments.of(400, "invalid", "status 400: planned"));
    }

    static List<Arguments> wrongLists() {
        return List.of(
                wrong(page -> "{\"nextPageToken\": \"x\"}", "or the end of the list, in 101 pages"),
                wrong(page -> page.replace("\"name\":\"v2/b\",", ""), "with a name and a size"),
                wrong(page -> page.replace("\"size\":\"10\",", ""), "with a name and a size"),
                wrong(page -> page.replace("v2/a", "v2/d"), "expected names after \"v2/d\", in order, got \"v2/b\""),
                wrong(page -> page.replace("v2/c", "v3/c"), "expected names that begin with \"v2/\", got \"v3/c\""),
                wrong(page -> " ".repeat(9 << 20) + page, "more than 8388608 bytes"));
    }

    private static Arguments wrong(UnaryOperator<String> change, String message) {
        return Arguments.of(change, message);
    }

    @Override
    protected String emptyPage() {
        return "{\"nextPageToken\": \"v2/\"}";
    }

    @Override
    protected String farTooLargeError(int code) {
        return "the response has status " + code + " and more than 65536 bytes";
    }

    @Override
    protected String damage() {
        return "Mismatch checksum value";
    }

    @Test
    void anObjectCarriesItsChecksumTypeAndOrigin() {
        create(NAME, bytes(1000));

        Stored stored = gcs.objects.get(NAME);
        assertThat(stored.content()).isEqualTo(bytes(1000));
        assertThat(stored.about().getString("contentType")).isEqualTo("application/gzip");
        assertThat(stored.about().getString("crc32c")).isEqualTo(FakeGcs.crc32c(bytes(1000)));
        assertThat(stored.about().getJsonObject("metadata").getString("topic")).isEqualTo("alerts-simulated");
        assertThat(gcs.last.getHeader("Content-Encoding"))
                .as("compressed a second time")
                .isNull();
    }

    @Test
    void aBodyWithoutAChecksumIsReadAgain() {
        create(NAME, bytes(60_000));
        for (Fault fault : List.of(new Fault.NoHash(), new Fault.Page())) {
            gcs.plan(fault);
            assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "the response has no checksum");

            assertThat(await(store.read(NAME))).get().isEqualTo(bytes(60_000));
        }
    }

    @Test
    void anUnclear404IsVerifiedByTheMetadata() {
        gcs.emulator = true;
        create(NAME, bytes(10));

        assertThat(await(store.read("v2/absent"))).isEmpty();
        assertThat(await(store.read("v2/absent", 1, 2))).isEmpty();

        gcs.plan(new Fault.WrongPath());
        assertFails(() -> await(store.read(NAME)), Remedy.RETRY, "the response has status 404 but isn't Google's");
    }

    /** For example, one that would take hours to read. */
    @Test
    void nothingIsReadOfAnObjectDeclaredFarTooLarge() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout(20_000);
            URI address = URI.create("http://127.0.0.1:" + server.getLocalPort());
            GcsLocation location = new GcsLocation(FakeBucket.BUCKET, new GcsSettings(Optional.of(address), true));
            BucketLimits limits = new BucketLimits(1, Duration.ofSeconds(15), Duration.ofSeconds(30), 100);
            GcsObjects objects = new GcsObjects(location, Access.READ, limits);
            Future<Optional<byte[]>> read = vertx.executeBlocking(() -> objects.read(NAME));
            try (Socket client = server.accept()) {
                client.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\nand so on"
                                .getBytes(ISO_8859_1));

                assertThatThrownBy(() -> await(read)).hasMessageContaining("more than 100 bytes");
            }
            objects.close();
        }
    }
}
