package io.alertstream.audit;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * The result for one message.
 *
 * @param alertId empty if the message could not be decoded that far
 * @param text what is wrong; empty if nothing is
 */
record AuditFinding(Kind kind, OptionalLong alertId, Optional<String> text) {

    /** Where the message is. */
    enum Kind {
        /** The archive holds the same bytes. */
        SAME("in the archive"),
        /** It was set aside: the dead-letter topic holds the same bytes. */
        DEAD_LETTERED("set aside"),
        /** It is neither in the archive nor set aside. */
        MISSING("missing"),
        /** The archive holds other bytes under its id, and it wasn't set aside. */
        DIFFERENT("different");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static AuditFinding same(long alertId) {
        return new AuditFinding(Kind.SAME, OptionalLong.of(alertId), Optional.empty());
    }

    static AuditFinding wrong(Kind kind, OptionalLong alertId, String text) {
        return new AuditFinding(kind, alertId, Optional.of(text));
    }
}
