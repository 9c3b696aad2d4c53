package io.alertstream.avro;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real packets and schemas, which are not part of this repository. Without them, tests that need them are skipped. */
public final class SharedData {

    private SharedData() {}

    public static Path path(String name) {
        Path path =
                Path.of(System.getProperty("shared.data", "../../shared/data")).resolve(name);
        assumeTrue(Files.exists(path), () -> "test data " + path + " isn't there");
        return path;
    }
}
