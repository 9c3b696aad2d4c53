package io.alertstream.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with a secret, as Kubernetes mounts them: the text, with or without a trailing newline. */
public final class SecretFile {

    private static final int MAX_BYTES = 64 << 10;

    private SecretFile() {}

    /**
     * Reads the secret.
     *
     * @throws IllegalArgumentException that says what is expected, without the text
     */
    public static Secret read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            String text = new String(bytes, StandardCharsets.UTF_8).strip();
            if (bytes.length > MAX_BYTES || text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a file that holds one line of text, at most 64 KiB");
            }
            return new Secret(text);
        } catch (IOException e) {
            throw new IllegalArgumentException("a readable file (" + e + ")", e);
        }
    }
}
