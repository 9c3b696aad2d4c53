package io.alertstream.server.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.DamagedObjectException;
import io.alertstream.archive.StoredAlert;
import io.alertstream.cache.Keeping;
import io.alertstream.cache.SingleFlightCache;
import io.alertstream.retry.Backoff;
import io.alertstream.retry.Outage;
import io.alertstream.retry.Retry;
import io.alertstream.retry.RetryPolicy;
import io.alertstream.server.limits.ConcurrencyLimit;
import io.alertstream.server.limits.Limits;
import io.alertstream.server.protocol.EntityTag;
import io.alertstream.server.protocol.StaticContent;
import io.alertstream.storage.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The archive as the server reads it: recent objects are cached, and failed reads are retried. A damaged object is
 * never cached, so that the next request reads it again. Used on one event loop.
 */
public final class ArchiveReader {

    /** By then clients have given up, and the store hangs. */
    private static final long FETCH_SECONDS = 30;

    /** Three attempts within half a second: a client is waiting. */
    private static final RetryPolicy BRIEFLY = new RetryPolicy(
            new Backoff(Duration.ofMillis(100), Duration.ofMillis(400)),
            3,
            StoreException::verdict,
            failure -> Duration.ZERO);

    private static final JsonFactory JSON = new JsonFactory();

    private static final Keeping<Alert> KEEPING = new Keeping<>() {

        @Override
        public long bytes(Alert alert) {
            return alert.stored().length;
        }

        @Override
        public Optional<Alert> kept(Alert alert) {
            return alert.isVerified() ? Optional.of(alert.packed()) : Optional.empty();
        }
    };

    private final AlertArchive archive;
    private final Retry retry;
    private final WorkerExecutor cpu;
    private final SingleFlightCache<Long, Alert> alerts;
    private final SingleFlightCache<Integer, StaticContent> schemas;

    /**
     * An alert as it is stored. The array is shared, not copied, and must not be changed.
     *
     * @param gzipped whether it is gzipped: then its checksum has been verified; plain bytes have none
     * @param plainTag tag of the plain packet; the gzipped form has another
     * @param packet in wire format, for the callers waiting for the read; the cache keeps only the stored bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
    public record Alert(byte[] stored, boolean gzipped, EntityTag plainTag, Optional<byte[]> packet) {

        /** Decompresses the alert, which is the only way to verify gzip; takes CPU. */
        static Alert verified(StoredAlert alert) {
            byte[] packet = alert.packet();
            return new Alert(alert.content(), alert.gzipped(), EntityTag.of(alert.content()), Optional.of(packet));
        }

        Alert packed() {
            return new Alert(stored, gzipped, plainTag, Optional.empty());
        }

        /** Whether the bytes are known to be right, and so may be cached forever; without a checksum they aren't. */
        public boolean isVerified() {
            return gzipped;
        }
    }

    public ArchiveReader(Vertx vertx, AlertArchive archive, Limits limits, MeterRegistry meters) {
        this.archive = archive;
        this.retry = new Retry(
                vertx,
                BRIEFLY,
                new Outage(
                        LoggerFactory.getLogger(ArchiveReader.class),
                        Level.WARN,
                        "store",
                        "requests are answered with 503",
                        System::nanoTime));
        this.cpu = vertx.createSharedWorkerExecutor("cpu", Runtime.getRuntime().availableProcessors());
        ConcurrencyLimit alertLoads = new ConcurrencyLimit(limits.fetches(), "alerts are being read already");
        this.alerts = new SingleFlightCache<>(
                vertx,
                limits.alertCacheBytes(),
                KEEPING,
                id -> alertLoads.run(
                        () -> fetch(() -> archive.alert(id)).compose(found -> onCpu(found, Alert::verified))),
                new CacheLookups(meters, "alert"));
        CacheLookups.size(meters, "alert", alerts);
        ConcurrencyLimit schemaLoads = new ConcurrencyLimit(limits.fetches(), "schemas are being read already");
        this.schemas = new SingleFlightCache<>(
                vertx,
                limits.schemaCacheBytes(),
                StaticContent::length,
                id -> schemaLoads.run(
                        () -> fetch(() -> archive.schema(id)).compose(found -> onCpu(found, ArchiveReader::verified))),
                new CacheLookups(meters, "schema"));
        CacheLookups.size(meters, "schema", schemas);
    }

    /**
     * The alert under an id, empty if there is none. Fails if the store can't be read, and with a {@link
     * DamagedObjectException} if the stored object is damaged.
     */
    public Future<Optional<Alert>> alert(long id) {
        return alerts.get(id);
    }

    /** The packet in wire format. */
    public Future<byte[]> packet(Alert alert) {
        return alert.packet()
                .map(Future::succeededFuture)
                .orElseGet(() -> archive.unpack(new StoredAlert(alert.stored(), alert.gzipped())));
    }

    /** The schema document under an id, empty if there is none; fails as {@link #alert} does. */
    public Future<Optional<StaticContent>> schema(int id) {
        return schemas.get(id);
    }

    /** Checks that the document is JSON: a truncated one isn't. */
    private static StaticContent verified(String document) {
        try (JsonParser in = JSON.createParser(document)) {
            if (in.nextToken() == null) {
                throw new DamagedObjectException("expected a schema, but the stored document is empty", null);
            }
            in.skipChildren();
            if (in.nextToken() == null) {
                return StaticContent.of(document.getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new DamagedObjectException(
                    "expected a schema, but the stored document of " + document.length() + " characters isn't JSON", e);
        }
        throw new DamagedObjectException("expected a schema, but the stored document continues after it", null);
    }

    private <T, R> Future<Optional<R>> onCpu(Optional<T> found, Function<T, R> work) {
        return found.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : cpu.executeBlocking(() -> found.map(work), false);
    }

    private <T> Future<T> fetch(Supplier<Future<T>> read) {
        return retry.call(read).timeout(FETCH_SECONDS, TimeUnit.SECONDS);
    }
}
