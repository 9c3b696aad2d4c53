package io.alertstream.kafka;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Watches the files of a connection's certificates, key and password. Kafka's clients read them once, so a process
 * would keep the old ones until brokers refuse it. After a rotation the process should shut down in order and be
 * restarted.
 */
public final class CertificateWatch {

    /** The interval between checks. Strimzi renews certificates days before they expire. */
    public static final Duration PERIOD = Duration.ofSeconds(30);

    private static final int MAX_BYTES = 1 << 20;

    private final Vertx vertx;
    private final Map<String, Path> files;
    private final Duration period;
    private long timer = -1;

    public CertificateWatch(Vertx vertx, KafkaSettings settings, Duration period) {
        this.vertx = vertx;
        this.files = settings.files();
        this.period = period;
    }

    /**
     * Checks now and then once per period until a file has changed. An unreadable file doesn't count as rotated: it
     * is being replaced, or brokers will soon report it.
     *
     * @param onRotation called once, on the caller's context, with the setting whose file has changed
     * @return completes after the first check
     */
    public Future<Void> start(Consumer<String> onRotation) {
        if (files.isEmpty()) {
            return Future.succeededFuture();
        }
        return look().map(first -> {
            timer = vertx.setPeriodic(
                    period.toMillis(), tick -> look().onSuccess(now -> compare(first, now, onRotation)));
            return null;
        });
    }

    /** Stops watching. */
    public void stop() {
        vertx.cancelTimer(timer);
    }

    private void compare(Map<String, String> first, Map<String, String> now, Consumer<String> onRotation) {
        now.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(first.getOrDefault(entry.getKey(), entry.getValue())))
                .findFirst()
                .ifPresent(changed -> {
                    if (vertx.cancelTimer(timer)) {
                        onRotation.accept(changed.getKey() + "=" + files.get(changed.getKey())
                                + " has changed since this process started");
                    }
                });
    }

    private Future<Map<String, String>> look() {
        return vertx.executeBlocking(this::digests, false);
    }

    private Map<String, String> digests() throws NoSuchAlgorithmException {
        Map<String, String> digests = new TreeMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            try (InputStream in = Files.newInputStream(file.getValue())) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readNBytes(MAX_BYTES));
                digests.put(file.getKey(), HexFormat.of().formatHex(digest));
            } catch (IOException e) {
                // Ignored, see start.
            }
        }
        return digests;
    }
}
