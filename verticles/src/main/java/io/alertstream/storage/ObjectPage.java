package io.alertstream.storage;

import java.util.List;
import java.util.Optional;

/**
 * Part of a listing.
 *
 * @param objects ordered by the UTF-8 bytes of their names, at most {@link #MAX_OBJECTS}; may be empty even if there is
 *     a next page
 * @param next the name after which the next page begins; empty at the end
 */
public record ObjectPage(List<ObjectInfo> objects, Optional<String> next) {

    /** The largest page that S3 and Google Cloud Storage return. */
    public static final int MAX_OBJECTS = 1000;

    public ObjectPage {
        objects = List.copyOf(objects);
    }
}
