package io.alertstream.server.protocol;

import java.util.List;

/** A representation that clients can ask for. */
public interface Offer {

    /** As the query parameter {@code format} names it. */
    String format();

    /** Its media types in lower case; the first one is sent, the others are understood in {@code Accept}. */
    List<String> types();

    /**
     * What to call it as a file, for {@code Content-Disposition}.
     *
     * @param name without the extension
     */
    default String disposition(String name) {
        return "attachment; filename=" + name + "." + format();
    }

    /** Whether gzip makes it smaller. */
    default boolean isCompressible() {
        return true;
    }

    /** Whether the same stored bytes, in the same release, always give the same thing: its tag follows from them then. */
    default boolean followsFromStored() {
        return true;
    }

    /** For how long it may be kept: not for ever, since another release may write the same thing in other bytes. */
    default String cacheControl() {
        return "public, max-age=3600";
    }
}
