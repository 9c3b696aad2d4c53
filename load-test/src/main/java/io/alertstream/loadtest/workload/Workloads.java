package io.alertstream.loadtest.workload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds workloads: files and bundled ones. */
public final class Workloads {

    private static final String ENDING = ".yaml";
    private static final int MAX_BYTES = 1 << 20;

    private Workloads() {}

    /**
     * The workload of a file, or the bundled one of that name.
     *
     * @throws InvalidWorkloadException if there is none, or if it is invalid
     */
    public static Workload find(String nameOrFile) {
        Path file = Path.of(nameOrFile);
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
        try {
            if (Files.isRegularFile(file)) {
                return WorkloadReader.read(name, nameOrFile, read(Files.newInputStream(file)));
            }
            InputStream readyMade = Workloads.class.getResourceAsStream("/workloads/" + name + ENDING);
            if (readyMade == null) {
                throw new InvalidWorkloadException(
                        nameOrFile,
                        List.of("expected a file, or the name of a ready-made workload such as ordinary-visit"));
            }
            return WorkloadReader.read(name, nameOrFile, read(readyMade));
        } catch (IOException e) {
            throw new InvalidWorkloadException(nameOrFile, List.of("can't be read: " + e));
        }
    }

    private static String read(InputStream opened) throws IOException {
        try (InputStream in = opened) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        }
    }
}
