package io.alertstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateWatchTest {

    @TempDir
    Path temp;

    private final Vertx vertx = Vertx.vertx();
    private Path ca;
    private CertificateWatch watch;

    @BeforeEach
    void open() throws Exception {
        ca = Files.writeString(temp.resolve("ca.crt"), "first");
        KafkaSettings settings = new KafkaSettings(
                "localhost:9092",
                KafkaSecurity.TLS,
                Optional.of(ca),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        watch = new CertificateWatch(vertx, settings, Duration.ofMillis(5));
    }

    @AfterEach
    void close() throws Exception {
        watch.stop();
        Await.result(vertx.close());
    }

    @Test
    void aRotatedFileIsReportedByItsSetting() throws Exception {
        Promise<String> reported = Promise.promise();
        Await.result(watch.start(reported::complete));
        Files.writeString(ca, "second");
        assertThat(Await.result(reported.future())).contains("KAFKA_CA_FILE=" + ca);
    }

    @Test
    void aTemporarilyMissingFileIsNotRotated() throws Exception {
        Promise<String> reported = Promise.promise();
        Await.result(watch.start(reported::tryComplete));
        Files.delete(ca);
        Await.result(vertx.timer(50));
        // Atomically: a half-written file would look like a change.
        Files.move(Files.writeString(temp.resolve("ca.new"), "first"), ca, StandardCopyOption.ATOMIC_MOVE);
        Await.result(vertx.timer(50));
        assertThat(reported.future().isComplete()).isFalse();
        Files.writeString(ca, "second");
        Await.result(reported.future());
    }
}
