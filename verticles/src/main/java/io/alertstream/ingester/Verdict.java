package io.alertstream.ingester;

import io.alertstream.archive.Packed;
import io.alertstream.archive.PacketDigest;
import io.alertstream.kafka.DeadLetter;

/** The result of examining a message. */
sealed interface Verdict {

    /** Calls the method for this verdict. */
    void accept(Cases cases);

    /** One method per verdict, so that none is forgotten. */
    interface Cases {

        void fresh(Fresh alert);

        void known(Known alert);

        void needsSchema(NeedsSchema message);

        void rejected(Rejected message);

        void rejectedAgain(RejectedAgain message);
    }

    /** An alert to archive. */
    record Fresh(long alertId, int schemaId, PacketDigest digest, Packed packed) implements Verdict {

        @Override
        public void accept(Cases cases) {
            cases.fresh(this);
        }
    }

    /** An alert whose bytes were archived a short while ago. */
    record Known(long alertId) implements Verdict {

        @Override
        public void accept(Cases cases) {
            cases.known(this);
        }
    }

    /** The message can't be examined before its schema is known. */
    record NeedsSchema(int schemaId) implements Verdict {

        @Override
        public void accept(Cases cases) {
            cases.needsSchema(this);
        }
    }

    /** The message can't be archived. */
    record Rejected(DeadLetter letter, Fingerprint fingerprint) implements Verdict {

        @Override
        public void accept(Cases cases) {
            cases.rejected(this);
        }
    }

    /** The message can't be archived, and was set aside for the same reason a short while ago. */
    record RejectedAgain(DeadLetter.Reason reason) implements Verdict {

        @Override
        public void accept(Cases cases) {
            cases.rejectedAgain(this);
        }
    }
}
