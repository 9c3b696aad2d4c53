package io.alertstream.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.alertstream.storage.StoreException.Remedy;
import java.util.Arrays;

/**
 * Checks that a page continues a list: its names have the prefix, follow the bound and are in order, and so does the
 * name after which the next page begins. Otherwise a caller would loop for ever, or take part of an archive for all of
 * it: not every gateway knows {@code start-after}, and S3's directory buckets list in no order.
 */
final class PageCheck {

    private final BlockingStore store;
    private final String prefix;

    PageCheck(BlockingStore store, String prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    /**
     * The page, if it is one.
     *
     * @throws StoreException if it isn't
     */
    ObjectPage checked(String after, ObjectPage page) {
        String last = after;
        for (ObjectInfo object : page.objects()) {
            if (!object.name().startsWith(prefix)) {
                throw wrong("names that begin with \"" + prefix + "\"", object.name());
            }
            if (compare(object.name(), last) <= 0) {
                throw wrong("names after \"" + last + "\", in order", object.name());
            }
            last = object.name();
        }
        String next = page.next().orElse(last);
        if (compare(next, last) < 0 || (page.next().isPresent() && next.equals(after))) {
            throw wrong("a next page after \"" + last + "\"", next);
        }
        return page;
    }

    private static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    private StoreException wrong(String expected, String got) {
        return new StoreException(
                Remedy.RETRY,
                store + ": invalid listing: expected " + expected + ", got \"" + ObjectName.shown(got) + "\"",
                null);
    }
}
