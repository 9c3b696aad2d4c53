package io.alertstream.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertArchiveTest {

    private static final Origin ORIGIN = new Origin("alerts", 3, 77, 900);
    private static final byte[] PACKET = "packet".repeat(100).getBytes(UTF_8);
    private static final byte[] OTHER = "another".repeat(100).getBytes(UTF_8);
    private static final String NAME = "/alert_archive/v1/alerts/42.avro.gz";

    private final Vertx vertx = Vertx.vertx();
    private final FakeStore alerts = new FakeStore();
    private final FakeStore schemas = new FakeStore();
    private final AlertArchive archive = archive(alerts);

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void storesAnAlertWithItsOrigin() throws Exception {
        assertThat(await(archive.putAlert(42, PACKET, ORIGIN))).isEqualTo(new Outcome.Stored());

        assertThat(Gunzip.bytes(alerts.objects.get(NAME), 1 << 20)).isEqualTo(PACKET);
        assertThat(alerts.metadata.get(NAME))
                .isEqualTo(Map.of("topic", "alerts", "partition", "3", "offset", "77", "schema-id", "900"));
        assertThat(alerts.types).containsEntry(NAME, "application/gzip");
        StoredAlert stored = await(archive.alert(42)).orElseThrow();
        assertThat(stored.gzipped()).isTrue();
        assertThat(await(archive.unpack(stored))).isEqualTo(PACKET);
    }

    @Test
    void theSameBytesAreADuplicate() throws Exception {
        await(archive.putAlert(42, PACKET, ORIGIN));
        byte[] before = alerts.objects.get(NAME);

        assertThat(await(archive.putAlert(42, PACKET, ORIGIN))).isEqualTo(new Outcome.Duplicate());

        assertThat(alerts.objects.get(NAME)).isSameAs(before);
    }

    @Test
    void theSameBytesGzippedByAnotherProgramAreADuplicate() throws Exception {
        byte[] elsewhere = GzipCodec.jdk().gzip(PACKET);
        elsewhere[9] = 3; // gzip's field for the operating system
        alerts.objects.put(NAME, elsewhere);

        assertThat(await(archive.putAlert(42, PACKET, ORIGIN))).isEqualTo(new Outcome.Duplicate());
    }

    @Test
    void otherBytesUnderAnIdAreAConflictAndTheStoredOnesAreKept() throws Exception {
        await(archive.putAlert(42, PACKET, ORIGIN));

        assertThat(await(archive.putAlert(42, OTHER, ORIGIN)))
                .isEqualTo(new Outcome.Conflict(Crc32c.of(OTHER), Crc32c.of(PACKET)));

        assertThat(await(archive.alert(42)).orElseThrow().packet()).isEqualTo(PACKET);
    }

    @Test
    void aDamagedObjectIsAConflict() throws Exception {
        byte[] damaged = {1, 2, 3};
        alerts.objects.put(NAME, damaged);

        assertThat(await(archive.putAlert(42, PACKET, ORIGIN)))
                .isEqualTo(new Outcome.Conflict(Crc32c.of(PACKET), Crc32c.of(damaged)));
        StoredAlert stored = await(archive.alert(42)).orElseThrow();
        assertThatThrownBy(() -> await(archive.unpack(stored))).hasCauseInstanceOf(DamagedObjectException.class);
    }

    @Test
    void anUnreadableObjectIsReportedWithTheReasonAndKept() throws Exception {
        alerts.unusable.add(NAME);
        schemas.unusable.add("/alert_archive/v1/schemas/900.json");

        assertThat(await(archive.putAlert(42, PACKET, ORIGIN)))
                .isEqualTo(new Outcome.Unreadable(NAME + " is a directory, expected a file"));
        assertThat(await(archive.putSchema(900, "\"long\""))).isInstanceOf(Outcome.Unreadable.class);

        assertThatThrownBy(() -> await(archive.alert(42)))
                .hasCauseInstanceOf(DamagedObjectException.class)
                .hasMessageContaining("is a directory, expected a file");
        assertThatThrownBy(() -> await(archive.schema(900))).hasCauseInstanceOf(DamagedObjectException.class);
    }

    @Test
    void anObjectThatVanishesMeanwhileIsRetried() {
        ObjectStore vanishing = new FakeStore() {
            @Override
            public Future<Creation> create(String name, byte[] content, String type, Map<String, String> meta) {
                return Future.succeededFuture(Creation.EXISTS);
            }
        };
        assertThatThrownBy(() -> await(archive(vanishing).putAlert(42, PACKET, ORIGIN)))
                .cause()
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.remedy()).isEqualTo(Remedy.RETRY));
    }

    @Test
    void readsTheGzippedObjectFirstThenThePlainOne() throws Exception {
        String plain = "/alert_archive/v1/alerts/42.avro";
        assertThat(await(archive.alert(42))).isEmpty();
        assertThat(alerts.requests).containsExactly("read " + NAME, "read " + plain);

        alerts.objects.put(plain, PACKET);
        StoredAlert stored = await(archive.alert(42)).orElseThrow();
        assertThat(stored.gzipped()).isFalse();
        assertThat(await(archive.unpack(stored))).isEqualTo(PACKET);

        await(archive.putAlert(42, PACKET, ORIGIN));
        assertThat(await(archive.alert(42)).orElseThrow().gzipped()).isTrue();
    }

    @Test
    void keepsSchemasUnchanged() throws Exception {
        String document = "{\"type\": \"long\", \"doc\": \"µJy\"}";
        assertThat(await(archive.schema(900))).isEmpty();
        assertThat(await(archive.putSchema(900, document))).isEqualTo(new Outcome.Stored());
        assertThat(await(archive.putSchema(900, document))).isEqualTo(new Outcome.Duplicate());
        assertThat(await(archive.putSchema(900, "\"long\""))).isInstanceOf(Outcome.Conflict.class);

        assertThat(await(archive.schema(900))).contains(document);
        assertThat(schemas.objects).containsOnlyKeys("/alert_archive/v1/schemas/900.json");
        assertThat(alerts.objects).isEmpty();
    }

    @Test
    void closesItsStores() throws Exception {
        await(archive.close());
        assertThat(alerts.closed).isTrue();
        assertThat(schemas.closed).isTrue();
    }

    private AlertArchive archive(ObjectStore store) {
        return new AlertArchive(vertx, store, schemas, ArchiveLayout.V1, GzipCodec.fastest());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
