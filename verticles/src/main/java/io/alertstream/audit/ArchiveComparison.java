package io.alertstream.audit;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.DamagedObjectException;
import io.alertstream.archive.PacketDigest;
import io.alertstream.archive.StoredAlert;
import io.alertstream.audit.AuditFinding.Kind;
import io.alertstream.avro.AlertIdReader;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.WireFormat;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.kafka.Message;
import io.alertstream.retry.Retry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Compares messages with the archive. For one context. */
final class ArchiveComparison {

    /** Alerts whose digest is cached, since the simulator sends the same visit repeatedly: 50 MB. */
    private static final int KNOWN_ALERTS = 500_000;

    private final AlertArchive archive;
    private final Retry store;
    private final WorkerExecutor cpu;
    private final KnownDeadLetters deadLetters;
    private final IdReaders idReaders;
    private final Map<Long, PacketDigest> verified = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, PacketDigest> eldest) {
            return size() > KNOWN_ALERTS;
        }
    };

    ArchiveComparison(
            AlertArchive archive, AlertProfile profile, Retry store, WorkerExecutor cpu, KnownDeadLetters deadLetters) {
        this.archive = archive;
        this.store = store;
        this.cpu = cpu;
        this.deadLetters = deadLetters;
        this.idReaders = new IdReaders(archive, profile, store, cpu);
    }

    /** A message and its digest, so that the digest is computed once. */
    private record Digested(Message message, PacketDigest digest) {}

    /**
     * Compares a message with the archive.
     *
     * @return fails if the archive can't be read
     */
    Future<AuditFinding> compare(Message message) {
        if (message.value() == null) {
            Kind kind = deadLetters.hasOrigin(message) ? Kind.DEAD_LETTERED : Kind.MISSING;
            return Future.succeededFuture(AuditFinding.wrong(kind, OptionalLong.empty(), "it has no value"));
        }
        return cpu.executeBlocking(() -> PacketDigest.of(message.value()), false)
                .compose(digest -> compare(new Digested(message, digest)));
    }

    private Future<AuditFinding> compare(Digested message) {
        int schemaId;
        try {
            schemaId = WireFormat.schemaId(message.message().value());
        } catch (NotAnAlertException e) {
            return missing(message, OptionalLong.empty(), e.getMessage());
        }
        return idReaders
                .of(schemaId)
                .compose(ids -> ids.isPresent()
                        ? alert(message, ids.get())
                        : missing(
                                message,
                                OptionalLong.empty(),
                                "its schema " + Integer.toUnsignedString(schemaId) + " isn't in the archive"));
    }

    private Future<AuditFinding> alert(Digested message, AlertIdReader ids) {
        long id;
        try {
            id = ids.read(message.message().value(), WireFormat.HEADER_BYTES);
        } catch (NotAnAlertException e) {
            return missing(message, OptionalLong.empty(), e.getMessage());
        }
        if (id < 0) {
            return missing(message, OptionalLong.of(id), "its id is negative");
        }
        if (message.digest().equals(verified.get(id))) {
            return Future.succeededFuture(AuditFinding.same(id));
        }
        return store.call(() -> archive.alert(id))
                .compose(stored -> stored.isPresent()
                        ? compare(message, id, stored.get())
                        : missing(message, OptionalLong.of(id), "it isn't in the archive"))
                .recover(failure -> failure instanceof DamagedObjectException
                        ? Future.succeededFuture(
                                unlessSetAside(message, Kind.DIFFERENT, OptionalLong.of(id), failure.getMessage()))
                        : Future.failedFuture(failure));
    }

    private Future<AuditFinding> compare(Digested message, long id, StoredAlert stored) {
        byte[] packet = message.message().value();
        return cpu.executeBlocking(() -> Arrays.equals(stored.packet(), packet), false)
                .map(equal -> {
                    if (equal) {
                        verified.put(id, message.digest());
                        return AuditFinding.same(id);
                    }
                    return unlessSetAside(
                            message, Kind.DIFFERENT, OptionalLong.of(id), "the archive holds other bytes");
                });
    }

    private Future<AuditFinding> missing(Digested message, OptionalLong alertId, String text) {
        return Future.succeededFuture(unlessSetAside(message, Kind.MISSING, alertId, text));
    }

    private AuditFinding unlessSetAside(Digested message, Kind kind, OptionalLong alertId, String text) {
        return AuditFinding.wrong(deadLetters.hasValue(message.digest()) ? Kind.DEAD_LETTERED : kind, alertId, text);
    }
}
