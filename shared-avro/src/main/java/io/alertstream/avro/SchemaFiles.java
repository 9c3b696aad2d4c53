package io.alertstream.avro;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds schema files and reads them into {@link SchemaParts}. */
final class SchemaFiles {

    private static final Pattern SCHEMA_FILE = Pattern.compile("[^.].*\\.avsc");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    /** Fifty times the largest schema file of the survey. */
    private static final int MAX_BYTES = 1 << 20;

    private SchemaFiles() {}

    /** From the class path. A jar may not list its directories, so there is an index of the schemas. */
    static SchemaParts bundled() {
        SchemaParts parts = new SchemaParts("the schemas in the jar");
        String index = new String(resource("index.txt"), StandardCharsets.UTF_8);
        index.lines().forEach(name -> parts.add(name, resource(name)));
        return parts;
    }

    private static byte[] resource(String name) {
        try (InputStream in = SchemaFiles.class.getResourceAsStream("/schemas/" + name)) {
            if (in == null) {
                throw new SchemaCatalogException("the jar lacks schemas/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SchemaParts in(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new SchemaCatalogException("expected a directory of schemas, but %s %s"
                    .formatted(directory, Files.exists(directory) ? "isn't one" : "doesn't exist"));
        }
        SchemaParts parts = new SchemaParts(directory.toString());
        try {
            for (Path file : list(directory)) {
                parts.add(directory.relativize(file).toString(), read(file));
            }
        } catch (IOException e) {
            throw new SchemaCatalogException("can't read the schemas in %s: %s".formatted(directory, e), e);
        }
        return parts;
    }

    /** The files of the directory itself and of its folders MAJOR/MINOR. */
    private static List<Path> list(Path directory) throws IOException {
        List<Path> files = new ArrayList<>(children(directory, SCHEMA_FILE));
        for (Path major : children(directory, NUMBER)) {
            for (Path minor : children(major, NUMBER)) {
                files.addAll(children(minor, SCHEMA_FILE));
            }
        }
        return files;
    }

    private static List<Path> children(Path directory, Pattern name) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child ->
                            name.matcher(child.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new SchemaCatalogException("expected a schema of at most %d bytes in %s, which has %d"
                        .formatted(MAX_BYTES, file, Files.size(file)));
            }
            return bytes;
        }
    }
}
