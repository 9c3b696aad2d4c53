package io.alertstream.storage.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Credentials in files, as in a mounted Secret. */
public final class TestKeys {

    private TestKeys() {}

    /** Writes them into the directory, with a trailing newline as editors leave it. */
    public static S3Settings.KeyFiles in(Path directory) {
        try {
            return new S3Settings.KeyFiles(
                    Files.writeString(directory.resolve("access-key"), "AKIAEXAMPLE\n"),
                    Files.writeString(directory.resolve("secret-key"), "a secret/for+tests\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
