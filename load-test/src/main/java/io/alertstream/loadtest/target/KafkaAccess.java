package io.alertstream.loadtest.target;

import java.util.Map;
import java.util.Properties;

/** How Kafka is reached: properties of a Kafka client. They hold secrets, so they are never printed. */
public final class KafkaAccess {

    private final Map<String, String> properties;

    KafkaAccess(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    /** {@code HOST:PORT}, comma-separated. */
    public String bootstrapServers() {
        return properties.get("bootstrap.servers");
    }

    /** A client's properties: these, overridden by those given. */
    public Properties with(Map<String, String> more) {
        Properties all = new Properties();
        all.putAll(properties);
        all.putAll(more);
        return all;
    }

    @Override
    public String toString() {
        return bootstrapServers() + " (" + properties.get("security.protocol") + ")";
    }
}
