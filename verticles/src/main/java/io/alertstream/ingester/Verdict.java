package io.alertstream.ingester;

import io.alertstream.archive.Packed;
import io.alertstream.archive.PacketDigest;
import io.alertstream.kafka.DeadLetter;

/** What a look at a message says. */
sealed interface Verdict {

    /** An alert for the archive. */
    record Fresh(long alertId, int schemaId, PacketDigest digest, Packed packed) implements Verdict {}

    /** An alert that was archived a short while ago, the same bytes. */
    record Known(long alertId) implements Verdict {}

    /** Nothing can be said before the schema is known. */
    record NeedsSchema(int schemaId) implements Verdict {}

    /** It can't be archived. */
    record Rejected(DeadLetter letter, Fingerprint fingerprint) implements Verdict {}

    /** It can't be archived, and was set aside for the same reason a short while ago. */
    record RejectedAgain(DeadLetter.Reason reason) implements Verdict {}
}
