package io.alertstream.storage.s3;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertstream.storage.BucketLimits;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.StoreLocation.Access;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * S3Mock, an independent emulator of S3, in its own process; or another that {@code -Ds3.emulator=URL} names and that
 * accepts the keys of {@link TestKeys}.
 */
public final class S3Emulator implements AutoCloseable {

    private static final Path JAR = Path.of("target", "s3mock.jar").toAbsolutePath();
    private static final Pattern PORT = Pattern.compile("started on ports? .*?(\\d+) \\(http\\)");
    private static final String OTHER = System.getProperty("s3.emulator");

    private final Optional<Process> process;
    private final URI address;

    private S3Emulator(Optional<Process> process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts it; skips the test if its jar is missing.
     *
     * @param directory where it keeps objects and its temporary files, many of which it leaves behind
     */
    public static S3Emulator start(Path directory) throws Exception {
        if (OTHER != null) {
            return new S3Emulator(Optional.empty(), URI.create(OTHER));
        }
        assumeTrue(Files.exists(JAR), "there is no S3 emulator: Maven brings " + JAR + " in pre-integration-test");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-Djava.io.tmpdir=" + Files.createDirectories(directory.resolve("tmp")),
                        "-jar",
                        JAR.toString(),
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.http-port=0",
                        "--com.adobe.testing.s3mock.store.root="
                                + Files.createDirectories(directory.resolve("objects")))
                .redirectErrorStream(true)
                .start();
        CompletableFuture<Integer> port = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(process, port), "output of S3Mock");
        reader.setDaemon(true);
        reader.start();
        return new S3Emulator(Optional.of(process), URI.create("http://127.0.0.1:" + port.get(2, TimeUnit.MINUTES)));
    }

    private static void read(Process process, CompletableFuture<Integer> port) {
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = PORT.matcher(line);
                if (matcher.find()) {
                    port.complete(Integer.valueOf(matcher.group(1)));
                } else if (!port.isDone()) {
                    output.append(line).append('\n');
                }
            }
        } catch (IOException e) {
            output.append(e);
        }
        port.completeExceptionally(new AssertionError("S3Mock ended: " + output));
    }

    boolean isS3Mock() {
        return process.isPresent();
    }

    public URI address() {
        return address;
    }

    /** Creates a bucket with a unique name. */
    public String newBucket(Path keys) {
        String bucket = "alerts-" + UUID.randomUUID();
        try (S3Client client = S3Clients.open(settings(keys), BucketLimits.DEFAULT)) {
            client.createBucket(request -> request.bucket(bucket));
        }
        return bucket;
    }

    /** Opens a bucket for reading. */
    public ObjectStore open(Vertx vertx, String bucket, Path keys) {
        return location(bucket, keys).open(vertx, Access.READ);
    }

    S3Location location(String bucket, Path keys) {
        return new S3Location(bucket, settings(keys));
    }

    private S3Settings settings(Path keys) {
        return new S3Settings(
                Optional.of(address),
                Optional.empty(),
                true,
                S3Checksums.CRC32C,
                S3WriteOnce.IF_NONE_MATCH,
                Optional.of(TestKeys.in(keys)),
                Optional.empty());
    }

    @Override
    public void close() {
        process.ifPresent(emulator -> emulator.destroyForcibly()
                .onExit()
                .orTimeout(20, TimeUnit.SECONDS)
                .join());
    }
}
