package io.alertstream.server.routes;

import io.alertstream.archive.Crc32c;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Identifies this release in tags, since another release may represent the same alert by other bytes. */
final class Release {

    static final String TAG = tag();

    private Release() {}

    private static String tag() {
        try (InputStream in = Release.class.getResourceAsStream("/io/alertstream/build.properties")) {
            return Crc32c.text(Crc32c.of(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("build.properties", e);
        }
    }
}
