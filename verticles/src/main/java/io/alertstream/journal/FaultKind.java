package io.alertstream.journal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a replay does to its alerts on request. */
public enum FaultKind {
    /** The same bytes again. */
    DUPLICATE(Scope.ALERT),
    /** The same id again, with other bytes. */
    ALTERED(Scope.ALERT),
    /** Sent after alerts that followed it. */
    REORDERED(Scope.ALERT),
    /** Sent minutes later. */
    LATE(Scope.ALERT),
    /** Several megabytes. */
    OVERSIZE(Scope.ALERT),
    /** One bit is flipped, so that the packet isn't an alert of its schema. */
    BIT_FLIPPED(Scope.BROKEN_ALERT),
    /** The packet is truncated. */
    CUT_SHORT(Scope.BROKEN_ALERT),
    /** The message is empty. */
    EMPTY(Scope.BROKEN_ALERT),
    /** A schema id that the registry doesn't know. */
    UNKNOWN_SCHEMA(Scope.BROKEN_ALERT),
    /** The visit isn't published at all. */
    VISIT_MISSING(Scope.VISIT),
    /** The visit ends before its last alerts. */
    VISIT_CUT(Scope.VISIT),
    /** Nothing is published for a while in the middle of the visit. */
    STOPPED(Scope.VISIT),
    /** From now on alerts have a new minor version of their schema. */
    NEW_MINOR(Scope.STREAM),
    /** From now on alerts have a new major version of their schema and go into another topic. */
    NEW_MAJOR(Scope.STREAM);

    /** What a fault applies to. */
    public enum Scope {
        /** One alert, which consumers should still accept, once. */
        ALERT,
        /** One alert, replaced by a message that no consumer can accept. */
        BROKEN_ALERT,
        /** One visit. */
        VISIT,
        /** All visits from a given one on. */
        STREAM
    }

    private final Scope scope;

    FaultKind(Scope scope) {
        this.scope = scope;
    }

    public Scope scope() {
        return scope;
    }

    /** The name in recipes and journals, such as {@code bit-flipped}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<FaultKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
    }
}
