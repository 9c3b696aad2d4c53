package io.alertstream.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.ObjectStore.Creation;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import io.alertstream.storage.UnusableObjectException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * The archive: alerts and schemas by id, each written once. An object's name follows from its id alone, and it is
 * created only if absent, so putting the same alert repeatedly is harmless.
 */
public final class AlertArchive {

    /** More than any packet: Kafka messages are limited to 10 MB here. */
    public static final int MAX_PACKET_BYTES = 64 << 20;

    private static final String ALERT_TYPE = "application/gzip";
    private static final String SCHEMA_TYPE = "application/json";

    private final ObjectStore alerts;
    private final ObjectStore schemas;
    private final ObjectNames names;
    private final GzipCodec codec;
    private final WorkerExecutor cpu;

    /**
     * Opens the archive without accessing its stores: an unusable store fails requests, and works as soon as it is
     * usable.
     */
    public static AlertArchive open(Vertx vertx, ArchiveSettings settings) {
        return new AlertArchive(
                vertx,
                settings.alerts().open(vertx, settings.access()),
                settings.schemas().open(vertx, settings.access()),
                settings.layout(),
                GzipCodec.fastest());
    }

    /** Creates an archive on these stores, which it closes when it is closed. */
    public AlertArchive(Vertx vertx, ObjectStore alerts, ObjectStore schemas, ArchiveLayout layout, GzipCodec codec) {
        this.alerts = alerts;
        this.schemas = schemas;
        this.names = new ObjectNames(layout);
        this.codec = codec;
        this.cpu = vertx.createSharedWorkerExecutor("cpu", Runtime.getRuntime().availableProcessors());
    }

    /** The name of the gzip codec, for logs. */
    public String codec() {
        return codec.name();
    }

    /** Compresses a packet on the calling thread: the most expensive step in the handling of an alert. */
    public Packed pack(byte[] packet) {
        return new Packed(packet, codec.gzip(packet));
    }

    /**
     * Puts an alert into the archive unless it exists.
     *
     * @param id at least 0
     * @param packet the message's value, in wire format
     * @return what became of it; fails with a {@link StoreException}
     */
    public Future<Outcome> putAlert(long id, byte[] packet, Origin origin) {
        return onCpu(() -> pack(packet)).compose(packed -> putAlert(id, packed, origin));
    }

    /** The same, for a packet that is already compressed. */
    public Future<Outcome> putAlert(long id, Packed packed, Origin origin) {
        String name = names.alert(id);
        return alerts.create(name, packed.gzip(), ALERT_TYPE, origin.metadata())
                .compose(creation -> creation == Creation.CREATED
                        ? Future.succeededFuture(new Outcome.Stored())
                        : existing(alerts, name, stored -> onCpu(() -> compare(packed, stored))));
    }

    /**
     * Reads an alert as it is stored.
     *
     * @return empty if there is none of that id; fails with a {@link StoreException}, or with a {@link
     *     DamagedObjectException} if what is there can't be read
     */
    public Future<Optional<StoredAlert>> alert(long id) {
        return read(alerts, names.alert(id))
                .compose(gzip -> gzip.isPresent()
                        ? Future.succeededFuture(gzip.map(content -> new StoredAlert(content, true)))
                        : read(alerts, names.plainAlert(id))
                                .map(plain -> plain.map(content -> new StoredAlert(content, false))));
    }

    /**
     * Decompresses an alert off the event loop.
     *
     * @return the packet in wire format; fails with a {@link DamagedObjectException}
     */
    public Future<byte[]> unpack(StoredAlert alert) {
        return alert.gzipped() ? onCpu(alert::packet) : Future.succeededFuture(alert.packet());
    }

    /**
     * Puts a schema document into the archive unless it exists.
     *
     * @return what became of it; fails with a {@link StoreException}
     */
    public Future<Outcome> putSchema(int id, String document) {
        String name = names.schema(id);
        byte[] offered = document.getBytes(UTF_8);
        return schemas.create(name, offered, SCHEMA_TYPE, Map.of())
                .compose(creation -> creation == Creation.CREATED
                        ? Future.succeededFuture(new Outcome.Stored())
                        : existing(schemas, name, stored -> Future.succeededFuture(compare(offered, stored))));
    }

    /**
     * Reads a schema document.
     *
     * @return empty if there is none of that id; fails with a {@link StoreException}, or with a
     *     {@link DamagedObjectException} if what is there can't be read
     */
    public Future<Optional<String>> schema(int id) {
        return read(schemas, names.schema(id)).map(bytes -> bytes.map(document -> new String(document, UTF_8)));
    }

    /**
     * Whether the archive can be used right now.
     *
     * @return fails with a {@link StoreException} that says what is wrong
     */
    public Future<Void> check() {
        return Future.all(alerts.check(), schemas.check()).mapEmpty();
    }

    /**
     * Checks that the archive can be used and that its stores protect objects as configured. Takes as long as they do.
     *
     * @return fails with a {@link StoreException} that says what is wrong
     */
    public Future<Void> verify() {
        return Future.all(alerts.verify(), schemas.verify()).mapEmpty();
    }

    /** Closes the stores once their pending calls are done. */
    public Future<Void> close() {
        return Future.join(alerts.close(), schemas.close(), cpu.close()).mapEmpty();
    }

    /** Compares with the existing object. */
    private static Future<Outcome> existing(
            ObjectStore store, String name, Function<byte[], Future<Outcome>> comparison) {
        return store.read(name)
                .map(content -> content.orElseThrow(() -> new StoreException(
                        Remedy.RETRY, "object " + name + " existed a moment ago and no longer does", null)))
                .compose(
                        comparison,
                        failure -> failure instanceof UnusableObjectException unusable
                                ? Future.succeededFuture(new Outcome.Unreadable(unusable.reason()))
                                : Future.failedFuture(failure));
    }

    private static Future<Optional<byte[]>> read(ObjectStore store, String name) {
        return store.read(name)
                .recover(failure -> Future.failedFuture(
                        failure instanceof UnusableObjectException unusable
                                ? new DamagedObjectException(unusable.reason(), failure)
                                : failure));
    }

    private Outcome compare(Packed offered, byte[] stored) {
        // Usually the same codec wrote it, and nothing has to be decompressed.
        if (Arrays.equals(offered.gzip(), stored)) {
            return new Outcome.Duplicate();
        }
        byte[] packet;
        try {
            packet = codec.gunzip(stored, MAX_PACKET_BYTES);
        } catch (DamagedObjectException e) {
            return conflict(offered.packet(), stored);
        }
        return compare(offered.packet(), packet);
    }

    private static Outcome compare(byte[] offered, byte[] stored) {
        return Arrays.equals(offered, stored) ? new Outcome.Duplicate() : conflict(offered, stored);
    }

    private static Outcome conflict(byte[] offered, byte[] stored) {
        return new Outcome.Conflict(Crc32c.of(offered), Crc32c.of(stored));
    }

    private <T> Future<T> onCpu(Callable<T> work) {
        return cpu.executeBlocking(work, false);
    }
}
