package io.alertstream.local.registry;

import java.util.Locale;
import java.util.Optional;

/** What clients may do with a subject. */
enum Mode {
    READWRITE,
    READONLY,
    /** An older name for READONLY of the whole registry. */
    READONLY_OVERRIDE,
    /** Schemas are registered under ids that the client chooses, without compatibility checks. */
    IMPORT;

    boolean readOnly() {
        return this == READONLY || this == READONLY_OVERRIDE;
    }

    static Optional<Mode> parse(String name) {
        try {
            return Optional.of(valueOf(name.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
