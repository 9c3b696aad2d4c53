package io.alertstream.loadtest.load;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.alertstream.loadtest.packets.AlertIds;
import io.alertstream.loadtest.target.Targets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A minimal archive: a consumer that keeps alerts in memory, and an HTTP server that serves them. */
final class StandInArchive implements AutoCloseable {

    private final Map<Long, byte[]> alerts = new ConcurrentHashMap<>();
    private final Set<Long> asked = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private volatile boolean closed;

    StandInArchive() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/alerts/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The ids requested. */
    Set<Long> asked() {
        return asked;
    }

    void ingest(Targets targets, String group) {
        Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                targets.kafka()
                        .with(Map.of(
                                "group.id", group, "auto.offset.reset", "earliest", "enable.auto.commit", "false")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        Thread thread = new Thread(() -> {
            try (consumer) {
                consumer.subscribe(List.of(targets.topic()));
                while (!closed) {
                    consumer.poll(Duration.ofMillis(100))
                            .forEach(message -> alerts.put(AlertIds.read(message.value()), message.value()));
                    consumer.commitSync();
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        long id = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
        asked.add(id);
        byte[] packet = alerts.get(id);
        byte[] body = packet == null ? new byte[] {'{', '}'} : packet;
        try (exchange) {
            exchange.sendResponseHeaders(packet == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        closed = true;
        server.stop(0);
    }
}
