package io.alertstream.storage.s3;

import static io.alertstream.storage.ObjectStoreContract.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.kafka.TestCertificate;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.StoreLocation.Access;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint with a self-signed certificate. */
class S3TlsTest {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private HttpServer server;
    private Path ca;

    @BeforeEach
    void open() throws Exception {
        TestCertificate own = TestCertificate.make(directory, "s3");
        ca = Files.writeString(directory.resolve("ca.pem"), own.certificate());
        server = await(vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(own.certificate()))
                                .addKeyValue(Buffer.buffer(own.key()))))
                .requestHandler(request -> request.response()
                        .end("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>alerts</Name>"
                                + "</ListBucketResult>"))
                .listen(0, "127.0.0.1"));
    }

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void isTrustedIfItsAuthorityIsConfigured() {
        ObjectStore store = open(Optional.of(ca));

        await(store.list("", ""));

        await(store.close());
    }

    @Test
    void needsAnOperatorIfItIsNot() throws Exception {
        Path another = Files.writeString(
                directory.resolve("another.pem"),
                TestCertificate.make(directory, "another").certificate());
        for (Optional<Path> trusted : List.of(Optional.<Path>empty(), Optional.of(another))) {
            ObjectStore store = open(trusted);
            assertThatThrownBy(() -> await(store.list("", "")))
                    .asInstanceOf(InstanceOfAssertFactories.type(StoreException.class))
                    .extracting(StoreException::remedy)
                    .isEqualTo(Remedy.OPERATOR);
            await(store.close());
        }
    }

    /** The file was good at the start, and was replaced before the store was used. */
    @Test
    void anUnusableCaFileIsNamed() throws Exception {
        String certificate = Files.readString(ca);
        ObjectStore store = open(Optional.of(ca));
        for (String content : List.of("", "no certificate\n", certificate.substring(0, certificate.length() / 2))) {
            Files.writeString(ca, content);
            assertThatThrownBy(() -> await(store.list("", "")))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.OPERATOR))
                    .hasMessageStartingWith("bucket alerts: can't be reached: S3_CA_FILE = \"" + ca + "\"");
        }

        Files.writeString(ca, certificate);
        await(store.list("", ""));

        Files.delete(ca);
        await(store.list("", ""));
        await(store.close());
    }

    private ObjectStore open(Optional<Path> caFile) {
        return new S3Location(
                        "alerts",
                        new S3Settings(
                                Optional.of(URI.create("https://127.0.0.1:" + server.actualPort())),
                                Optional.empty(),
                                true,
                                S3Checksums.CRC32C,
                                S3WriteOnce.IF_NONE_MATCH,
                                Optional.of(TestKeys.in(directory)),
                                caFile))
                .open(vertx, Access.READ);
    }
}
