package io.alertstream.archive;

import java.util.function.Function;
import java.util.function.Supplier;

/** What became of an attempt to put an object into the archive. */
public sealed interface Outcome {

    /** The value of this outcome's case. */
    <R> R match(
            Supplier<R> stored,
            Supplier<R> duplicate,
            Function<Conflict, R> conflict,
            Function<Unreadable, R> unreadable);

    /** It is there now, and durable. */
    record Stored() implements Outcome {

        @Override
        public <R> R match(
                Supplier<R> stored,
                Supplier<R> duplicate,
                Function<Conflict, R> conflict,
                Function<Unreadable, R> unreadable) {
            return stored.get();
        }
    }

    /** The same bytes were there already. */
    record Duplicate() implements Outcome {

        @Override
        public <R> R match(
                Supplier<R> stored,
                Supplier<R> duplicate,
                Function<Conflict, R> conflict,
                Function<Unreadable, R> unreadable) {
            return duplicate.get();
        }
    }

    /**
     * Other bytes are there under that id, and stay. The checksums help people to tell the two apart; equal ones mean
     * nothing.
     *
     * @param offeredCrc32c checksum of the bytes that were refused
     * @param storedCrc32c checksum of what the archive holds: of the bytes before compression or, where the object is
     *     damaged, of the object as it is
     */
    record Conflict(int offeredCrc32c, int storedCrc32c) implements Outcome {

        @Override
        public <R> R match(
                Supplier<R> stored,
                Supplier<R> duplicate,
                Function<Conflict, R> conflict,
                Function<Unreadable, R> unreadable) {
            return conflict.apply(this);
        }
    }

    /**
     * What is there under that id can't be read as an object, and stays.
     *
     * @param reason what is there, and what was expected
     */
    record Unreadable(String reason) implements Outcome {

        @Override
        public <R> R match(
                Supplier<R> stored,
                Supplier<R> duplicate,
                Function<Conflict, R> conflict,
                Function<Unreadable, R> unreadable) {
            return unreadable.apply(this);
        }
    }
}
