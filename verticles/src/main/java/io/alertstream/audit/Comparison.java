package io.alertstream.audit;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.DamagedObjectException;
import io.alertstream.archive.PacketDigest;
import io.alertstream.archive.StoredAlert;
import io.alertstream.audit.Finding.Kind;
import io.alertstream.avro.AlertIdReader;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.WireFormat;
import io.alertstream.kafka.Message;
import io.alertstream.storage.Retry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Compares messages with the archive. For one context. */
final class Comparison {

    /** Alerts whose digest is kept: the simulator sends the same visit again and again. 50 MB. */
    private static final int KNOWN_ALERTS = 500_000;

    private final AlertArchive archive;
    private final Retry retry;
    private final WorkerExecutor cpu;
    private final SetAside setAside;
    private final Map<Integer, Future<Optional<AlertIdReader>>> schemas = new HashMap<>();
    private final Map<Long, PacketDigest> same = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, PacketDigest> eldest) {
            return size() > KNOWN_ALERTS;
        }
    };

    Comparison(AlertArchive archive, Retry retry, WorkerExecutor cpu, SetAside setAside) {
        this.archive = archive;
        this.retry = retry;
        this.cpu = cpu;
        this.setAside = setAside;
    }

    /**
     * Compares a message with the archive.
     *
     * @return fails if the archive can't be read
     */
    Future<Finding> compare(Message message) {
        if (message.value() == null) {
            return unlessSetAside(message, Kind.MISSING, OptionalLong.empty(), "it has no value");
        }
        int schemaId;
        try {
            schemaId = WireFormat.schemaId(message.value());
        } catch (NotAnAlertException e) {
            return unlessSetAside(message, Kind.MISSING, OptionalLong.empty(), e.getMessage());
        }
        return schema(schemaId)
                .compose(ids -> ids.isPresent()
                        ? alert(message, ids.get())
                        : unlessSetAside(
                                message,
                                Kind.MISSING,
                                OptionalLong.empty(),
                                "its schema " + Integer.toUnsignedString(schemaId) + " isn't in the archive"));
    }

    private Future<Finding> alert(Message message, AlertIdReader ids) {
        byte[] packet = message.value();
        long id;
        try {
            id = ids.read(packet, WireFormat.HEADER_BYTES);
        } catch (NotAnAlertException e) {
            return unlessSetAside(message, Kind.MISSING, OptionalLong.empty(), e.getMessage());
        }
        if (id < 0) {
            return unlessSetAside(message, Kind.MISSING, OptionalLong.of(id), "its id is negative");
        }
        return cpu.executeBlocking(() -> PacketDigest.of(packet), false)
                .compose(digest -> digest.equals(same.get(id))
                        ? Future.succeededFuture(Finding.same(id))
                        : inArchive(message, id, digest));
    }

    private Future<Finding> inArchive(Message message, long id, PacketDigest digest) {
        return retry.call(() -> archive.alert(id))
                .compose(
                        stored -> stored.isPresent()
                                ? compare(message, id, digest, stored.get())
                                : unlessSetAside(message, Kind.MISSING, OptionalLong.of(id), "it isn't in the archive"),
                        failure -> damaged(message, OptionalLong.of(id), failure));
    }

    private Future<Finding> compare(Message message, long id, PacketDigest digest, StoredAlert stored) {
        OptionalLong alertId = OptionalLong.of(id);
        return cpu.executeBlocking(() -> Arrays.equals(stored.packet(), message.value()), false)
                .compose(
                        equal -> {
                            if (equal) {
                                same.put(id, digest);
                                return Future.succeededFuture(Finding.same(id));
                            }
                            return unlessSetAside(message, Kind.DIFFERENT, alertId, "the archive holds other bytes");
                        },
                        failure -> damaged(message, alertId, failure));
    }

    private Future<Finding> damaged(Message message, OptionalLong alertId, Throwable failure) {
        return failure instanceof DamagedObjectException
                ? unlessSetAside(message, Kind.DIFFERENT, alertId, failure.getMessage())
                : Future.failedFuture(failure);
    }

    private Future<Finding> unlessSetAside(Message message, Kind kind, OptionalLong alertId, String text) {
        return cpu.executeBlocking(() -> SetAside.digest(message), false)
                .map(digest -> Finding.wrong(setAside.has(digest) ? Kind.DEAD_LETTERED : kind, alertId, text));
    }

    /** A reader of ids in alerts with this schema; empty if the archive has no such schema, or none with an id. */
    private Future<Optional<AlertIdReader>> schema(int id) {
        Future<Optional<AlertIdReader>> known = schemas.get(id);
        if (known == null) {
            known = retry.call(() -> archive.schema(id))
                    .map(document -> document.flatMap(Comparison::idReader))
                    .recover(failure -> failure instanceof DamagedObjectException
                            ? Future.succeededFuture(Optional.empty())
                            : Future.failedFuture(failure));
            schemas.put(id, known);
        }
        return known;
    }

    private static Optional<AlertIdReader> idReader(String document) {
        try {
            return Optional.of(AlertIdReader.of(new Schema.Parser().parse(document)));
        } catch (AvroRuntimeException | NotAnAlertException e) {
            return Optional.empty();
        }
    }
}
