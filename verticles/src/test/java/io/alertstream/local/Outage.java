package io.alertstream.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * An embedded broker that a test takes away while others work with it, for {@code outage.seconds}, and that comes back on
 * its port with all it had.
 */
public final class Outage implements AutoCloseable {

    /** How long the broker is away. */
    public static final Duration LENGTH = Duration.ofSeconds(Long.getLong("outage.seconds", 5));

    private final Path directory;
    private EmbeddedBroker broker;

    /** Starts the broker. */
    public Outage(Path directory) {
        this.directory = directory;
        broker = start(0);
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** The broker ends at once; comes back when it is back. Blocks. */
    public void happen() throws Exception {
        happen(() -> null);
    }

    /** The same, and something happens as soon as the broker is gone. */
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
