package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.s3.FakeS3;
import io.alertstream.storage.s3.S3Emulator;
import io.alertstream.storage.s3.S3Settings;
import io.alertstream.storage.s3.TestKeys;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Ingester, server and audit with their archive in S3. */
@KafkaTest
@ExtendWith(VertxExtension.class)
class ProcessesS3IT extends RoleProcesses {

    private static final int ALERTS = 400;

    @TempDir
    static Path objects;

    private static S3Emulator emulator;

    private String bucket;

    @BeforeAll
    static void startEmulator() throws Exception {
        emulator = S3Emulator.start(objects);
    }

    @AfterAll
    static void stopEmulator() throws Exception {
        if (emulator != null) {
            emulator.close();
        }
    }

    @BeforeEach
    void stores() throws Exception {
        S3Settings.KeyFiles keys = TestKeys.in(directory);
        bucket = emulator.newBucket(directory);
        settings.put("ALERT_STORE", "s3://" + bucket);
        settings.put("SCHEMA_STORE", "s3://" + bucket);
        settings.put("ARCHIVE_LAYOUT", "v2");
        settings.put("S3_ENDPOINT", emulator.address().toString());
        settings.put("S3_ACCESS_KEY_FILE", keys.accessKey().toString());
        settings.put("S3_SECRET_KEY_FILE", keys.secretKey().toString());
        settings.put("SAMPLE_ALERTS", Integer.toString(ALERTS));
    }

    @Test
    void nothingIsLostWhenTheIngesterIsKilledDuringAVisit(TestKafka kafka, Vertx vertx) throws Exception {
        done("schema-sync,loader");
        ObjectStore store = emulator.open(vertx, bucket, directory);
        try (JarProcess replayer = start("replayer")) {
            replayer.await("visit 1: replayed " + ALERTS, LIMIT);
        }
        try (JarProcess ingester = start("ingester")) {
            awaitAnObject(store);
            ingester.kill();
        }
        assertThat(listed(store)).as("alerts stored before the kill").hasSizeBetween(1, ALERTS - 1);
        kafka.forgetMembers(settings.get("INGEST_GROUP"));
        try (JarProcess ingester = start("ingester");
                JarProcess server = start("server")) {
            awaitArchived();
            done("audit");
            List<String> alerts = listed(store);
            assertThat(alerts).hasSize(ALERTS);
            assertThat(fetch(server, alerts.get(0)).statusCode()).isEqualTo(200);
            assertThat(ingester.terminate().exitStatus(LIMIT))
                    .as(ingester.output())
                    .isZero();
        }
        await(store.close());
    }

    @Test
    void aGatewayThatReplacesObjectsEndsTheIngester(Vertx vertx) throws Exception {
        try (FakeS3 gateway = FakeS3.withoutIfNoneMatch(vertx, directory)) {
            settings.put("S3_ENDPOINT", gateway.address().toString());
            settings.put("ALERT_STORE", "s3://" + FakeS3.BUCKET);
            settings.put("SCHEMA_STORE", "s3://" + FakeS3.BUCKET);
            done("schema-sync,loader");
            try (JarProcess ingester = start("ingester")) {
                assertThat(ingester.exitStatus(LIMIT)).as(ingester.output()).isEqualTo(1);
                assertThat(ingester.output())
                        .contains("ignores If-None-Match", "S3_WRITE_ONCE=check-then-put")
                        .doesNotContain("\tat ");
            }
        }
    }

    private static void awaitAnObject(ObjectStore store) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (listed(store).isEmpty()) {
            assertThat(System.nanoTime()).as("some archived in time").isLessThan(end);
        }
    }

    /** The ids of the alerts that are stored. */
    private static List<String> listed(ObjectStore store) throws Exception {
        return await(store.list("v2/alerts/", "")).objects().stream()
                .map(object -> object.name().replaceAll(".*/(\\d+)\\.avro\\.gz", "$1"))
                .toList();
    }
}
