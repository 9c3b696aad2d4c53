package io.alertstream.loadtest.baseline;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bucket of an emulator of Google Cloud Storage.
 *
 * @param emulator {@code http://HOST:PORT}
 */
public record Bucket(URI emulator, String name) {

    private static final Pattern URL = Pattern.compile("(http://[^/?#]+)/([-._a-z0-9]{3,222})");

    /**
     * Reads {@code http://HOST:PORT/BUCKET}.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Bucket of(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches() || URI.create(parts.group(1)).getHost() == null) {
            throw new IllegalArgumentException("expected http://HOST:PORT/BUCKET, got " + url);
        }
        return new Bucket(URI.create(parts.group(1)), parts.group(2));
    }

    /** Where an object is created if there is none of its name. */
    URI creating(String object) {
        return emulator.resolve(
                "/upload/storage/v1/b/" + name + "/o?uploadType=media&ifGenerationMatch=0&name=" + object);
    }

    URI object(String object) {
        return emulator.resolve("/storage/v1/b/" + name + "/o/" + object);
    }

    @Override
    public String toString() {
        return emulator + "/" + name;
    }
}
