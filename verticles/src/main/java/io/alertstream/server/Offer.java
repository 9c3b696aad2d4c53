package io.alertstream.server;

import java.util.List;

/** A representation that clients can ask for. */
interface Offer {

    /** As the query parameter {@code format} names it. */
    String format();

    /** Its media types in lower case; the first one is sent, the others are understood in {@code Accept}. */
    List<String> types();

    /** For how long it may be kept: not for ever, since another release may write the same thing in other bytes. */
    default String cacheControl() {
        return "public, max-age=3600";
    }
}
