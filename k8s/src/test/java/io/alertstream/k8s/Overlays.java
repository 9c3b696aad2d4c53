package io.alertstream.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;

/** Renders overlays, each once. */
final class Overlays {

    /** Where k8s/ is. */
    static final Path HOME = Path.of("").toAbsolutePath();

    /** The overlays, and variants in which one component replaces another. */
    static final List<String> ALL =
            List.of("local", "idfint", "idfint-gateway", "production", "usdf", "usdf-web-identity", "usdf-without-tls");

    private static final Map<String, Manifests> RENDERED = new ConcurrentHashMap<>();
    private static final Optional<List<String>> COMMAND = command();

    private Overlays() {}

    /** Renders an overlay of {@link #ALL}; skips the test if no renderer is installed. */
    static Manifests render(String overlay) {
        return RENDERED.computeIfAbsent(overlay, name -> {
            Path path =
                    switch (name) {
                        case "idfint-gateway" ->
                            variant("idfint", name, text -> text.replace(
                                            "components/registry-ingress", "components/registry-gateway")
                                    .replace("components/registry\n", "components/registry-operator\n")
                                    .replace("components/external-secrets", "components/vault-secrets")
                                    .replace("components/simulator\n", """
                                            components/simulator
                                              - ../../components/visit-file
                                              - ../../components/replay-faults
                                              - ../../components/score
                                            """)
                                    .replace("configMapGenerator:\n", """
                                            configMapGenerator:
                                              - {name: replay-faults, files: [faults.yaml]}
                                            """));
                        case "usdf-web-identity" ->
                            variant("usdf", name, text -> text.replace(
                                            "components/s3-keys", "components/s3-web-identity")
                                    .replace("  - ../../components/s3-endpoint\n", "")
                                    .replace("S3_ENDPOINT=https://s3.usdf.example.org\n", "")
                                    .replace("S3_REGION=default", """
                                            S3_REGION=us-west-2
                                            WRITER_ROLE=arn:aws:iam::111122223333:role/alertdb-writer
                                            READER_ROLE=arn:aws:iam::111122223333:role/alertdb-reader"""));
                        case "usdf-without-tls" ->
                            variant(
                                    "usdf",
                                    name,
                                    text -> text.replace(
                                            "components/external-listener-five\n",
                                            "components/external-listener-five\n  - ../../components/external-listener-without-tls\n"));
                        default -> HOME.resolve("overlays").resolve(name);
                    };
            return Manifests.of(kustomize(path));
        });
    }

    /** The output of kustomize for an overlay with other values in its environment. */
    static String withEnvironment(String overlay, UnaryOperator<String> change) throws IOException {
        Path copy = variant(overlay, overlay + "-elsewhere", text -> text);
        Path environment = copy.resolve("environment.env");
        Files.writeString(environment, change.apply(Files.readString(environment)));
        return kustomize(copy);
    }

    /** The output of kustomize for a directory. */
    static String kustomize(Path directory) {
        skipUnless(COMMAND.isPresent(), "neither kubectl nor kustomize is on the PATH: the overlays can't be rendered");
        List<String> command = new java.util.ArrayList<>(COMMAND.orElseThrow());
        command.add(directory.toString());
        return run(command);
    }

    /** Skips the test, and says so prominently. */
    static void skipUnless(boolean possible, String why) {
        if (!possible) {
            System.err.println("NOT TESTED: " + why);
        }
        Assumptions.assumeTrue(possible, "NOT TESTED: " + why);
    }

    /** A changed copy of an overlay, one directory deeper. */
    private static Path variant(String overlay, String name, UnaryOperator<String> change) {
        Path from = HOME.resolve("overlays").resolve(overlay);
        Path to = HOME.resolve("target/variants").resolve(name);
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.writeString(copy, change.apply(Files.readString(file)).replace("- ../../", "- ../../../"));
            }
            Files.writeString(to.resolve("faults.yaml"), Recipes.documented());
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<List<String>> command() {
        return List.of(List.of("kubectl", "kustomize"), List.of("kustomize", "build")).stream()
                .filter(command -> onPath(command.get(0)))
                .findFirst();
    }

    static boolean onPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Runs a program and returns what it printed. */
    static String run(List<String> command) {
        try {
            Path out = Files.createTempFile("out", ".txt");
            Path errors = Files.createTempFile("errors", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(errors.toFile())
                        .start();
                boolean ended = process.waitFor(60, TimeUnit.SECONDS);
                process.destroyForcibly();
                if (!ended || process.exitValue() != 0) {
                    throw new IllegalStateException(String.join(" ", command) + " failed: " + Files.readString(errors));
                }
                return Files.readString(out);
            } finally {
                Files.delete(out);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
