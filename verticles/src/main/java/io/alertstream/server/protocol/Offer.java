package io.alertstream.server.protocol;

import java.util.List;
import java.util.Locale;

/** A representation that clients can choose: a constant of an enum. */
public interface Offer {

    /** The constant's name. */
    String name();

    /** Its value of the query parameter {@code format}. */
    default String format() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its media types in lower case. The first is sent; the others are accepted in {@code Accept} as well. */
    List<String> types();

    /**
     * The value of {@code Content-Disposition}.
     *
     * @param name of the file, without the extension
     */
    default String disposition(String name) {
        return (isForBrowsers() ? "inline" : "attachment") + "; filename=" + name + "." + format();
    }

    /** Whether browsers show it instead of saving it. */
    default boolean isForBrowsers() {
        return false;
    }

    /** Whether it is worth compressing. */
    default boolean isCompressible() {
        return true;
    }

    /** Whether it depends on the stored bytes and the release alone, so that its tag is known before it is made. */
    default boolean followsFromStored() {
        return true;
    }

    /** Its {@code Cache-Control}: not immutable, since another release may produce other bytes. */
    default String cacheControl() {
        return "public, max-age=3600";
    }
}
