package io.alertstream.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * An embedded broker that a test can stop while clients use it. After {@code outage.seconds} it starts again on the
 * same port with its data.
 */
public final class BrokerOutage implements AutoCloseable {

    /** How long the broker is unavailable. */
    public static final Duration LENGTH = Duration.ofSeconds(Long.getLong("outage.seconds", 5));

    private final Path directory;
    private EmbeddedBroker broker;

    /** Starts the broker. */
    public BrokerOutage(Path directory) {
        this.directory = directory;
        broker = start(0);
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Stops the broker at once, and blocks until it is back. */
    public void happen() throws Exception {
        happen(() -> null);
    }

    /** The same, and calls {@code meanwhile} as soon as the broker is gone. */
    public <T> T happen(Callable<T> meanwhile) throws Exception {
        int port = broker.port();
        broker.close();
        long end = System.nanoTime() + LENGTH.toNanos();
        T result = meanwhile.call();
        TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
        broker = start(port);
        return result;
    }

    private EmbeddedBroker start(int port) {
        return EmbeddedBroker.start(new BrokerOptions(directory, port, 0, TestKafka.COMMUNITY_TOPIC));
    }

    @Override
    public void close() {
        broker.close();
    }
}
