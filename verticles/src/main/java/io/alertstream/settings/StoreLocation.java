package io.alertstream.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where objects are kept: {@code file:PATH} or {@code gs://BUCKET}. */
public sealed interface StoreLocation {

    /** A directory of this machine; each object is a file below it. */
    record Directory(Path path) implements StoreLocation {}

    /** A bucket of Google Cloud Storage. */
    record Bucket(String name) implements StoreLocation {}

    /**
     * Reads a location.
     *
     * @throws IllegalArgumentException with what would be right
     */
    static StoreLocation parse(String text) {
        if (text.startsWith("file:") && text.length() > "file:".length()) {
            try {
                return new Directory(Path.of(text.substring("file:".length())));
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException("file:PATH with a valid path", e);
            }
        }
        // The characters and lengths of bucket names: https://cloud.google.com/storage/docs/buckets#naming
        if (Pattern.matches("gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]", text)) {
            return new Bucket(text.substring("gs://".length()));
        }
        throw new IllegalArgumentException("file:PATH or gs://BUCKET");
    }
}
