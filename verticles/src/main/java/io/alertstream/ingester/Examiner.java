package io.alertstream.ingester;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.PacketDigest;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.WireFormat;
import io.alertstream.kafka.DeadLetter;
import io.alertstream.kafka.DeadLetter.Reason;
import io.alertstream.kafka.Message;
import java.util.Optional;

/**
 * Reads a message up to its alert id, and compresses the alert if it is new to this process: all CPU work in one
 * step. Safe to use from any thread.
 */
final class Examiner {

    private final AlertArchive archive;
    private final Schemas schemas;
    private final ExpiringMap<Long, PacketDigest> archived;
    private final ExpiringMap<Fingerprint, Boolean> setAside;

    /**
     * @param archived digests of recently archived alerts, by id
     * @param setAside recent dead letters
     */
    Examiner(
            AlertArchive archive,
            Schemas schemas,
            ExpiringMap<Long, PacketDigest> archived,
            ExpiringMap<Fingerprint, Boolean> setAside) {
        this.archive = archive;
        this.schemas = schemas;
        this.archived = archived;
        this.setAside = setAside;
    }

    Verdict examine(Message message) {
        if (message.unreadable().isPresent()) {
            return rejected(DeadLetter.of(
                    message, Reason.UNREADABLE, message.unreadable().get()));
        }
        byte[] value = message.value();
        if (value == null) {
            return rejected(
                    DeadLetter.of(message, Reason.NULL_VALUE, "expected an alert, got a message without a value"));
        }
        int schemaId;
        try {
            schemaId = WireFormat.schemaId(value);
        } catch (NotAnAlertException e) {
            return rejected(DeadLetter.of(message, Reason.NOT_WIRE_FORMAT, e.getMessage()));
        }
        Optional<Schemas.Entry> schema = schemas.known(schemaId);
        return schema.isEmpty()
                ? new Verdict.NeedsSchema(schemaId)
                : schema.get()
                        .match(
                                usable -> alert(message, schemaId, usable),
                                unusable ->
                                        rejected(DeadLetter.of(message, unusable.reason(), unusable.text(), schemaId)));
    }

    private Verdict alert(Message message, int schemaId, Schemas.Usable schema) {
        byte[] value = message.value();
        long id;
        try {
            id = schema.ids().read(value, WireFormat.HEADER_BYTES);
        } catch (NotAnAlertException e) {
            return rejected(DeadLetter.of(message, Reason.UNDECODABLE, e.getMessage(), schemaId));
        }
        if (id < 0) {
            return rejected(DeadLetter.of(
                    message, Reason.UNDECODABLE, "expected an alert id of at least 0, got " + id, schemaId));
        }
        PacketDigest digest = PacketDigest.of(value);
        if (archived.get(id).filter(digest::equals).isPresent()) {
            return new Verdict.Known(id);
        }
        if (setAside.get(new Fingerprint(Reason.CONFLICT, digest)).isPresent()) {
            return new Verdict.RejectedAgain(Reason.CONFLICT);
        }
        return new Verdict.Fresh(id, schemaId, digest, archive.pack(value));
    }

    private Verdict rejected(DeadLetter letter) {
        Fingerprint fingerprint = Fingerprint.of(letter.reason(), letter.message());
        return setAside.get(fingerprint).isPresent()
                ? new Verdict.RejectedAgain(letter.reason())
                : new Verdict.Rejected(letter, fingerprint);
    }
}
