package io.alertstream.archive;

import java.util.function.Function;
import java.util.function.Supplier;

/** The outcome of an attempt to put an object into the archive. */
public sealed interface Outcome {

    /** What to do in each case. */
    record Cases<R>(
            Supplier<R> stored,
            Supplier<R> duplicate,
            Function<Conflict, R> conflict,
            Function<Unreadable, R> unreadable) {}

    /** Applies the function for this outcome. */
    <R> R match(Cases<R> cases);

    /** The object is now in the archive, and durable. */
    record Stored() implements Outcome {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.stored().get();
        }
    }

    /** The archive already had the same bytes. */
    record Duplicate() implements Outcome {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.duplicate().get();
        }
    }

    /**
     * The archive has other bytes under that id, and keeps them. The checksums help people to distinguish the two; equal
     * ones prove nothing.
     *
     * @param offeredCrc32c checksum of the bytes that were refused
     * @param storedCrc32c checksum of the archived bytes before compression or, if the object is damaged, of the object
     *     as it is
     */
    record Conflict(int offeredCrc32c, int storedCrc32c) implements Outcome {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.conflict().apply(this);
        }
    }

    /**
     * What the archive has under that id can't be read as an object, and is kept.
     *
     * @param reason what was found, and what was expected
     */
    record Unreadable(String reason) implements Outcome {

        @Override
        public <R> R match(Cases<R> cases) {
            return cases.unreadable().apply(this);
        }
    }
}
