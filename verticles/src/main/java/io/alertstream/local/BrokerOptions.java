package io.alertstream.local;

import java.nio.file.Path;
import java.util.Map;

/**
 * How an embedded broker is started.
 *
 * @param directory its log: created if absent, continued if it holds one
 * @param port of the plaintext listener, whose clients may do everything; 0 picks a free one
 * @param scramPort of the listener for the user {@code community}; 0 picks a free one
 * @param communityTopic the one topic that {@code community} may read; it need not exist yet
 * @param listeners further listeners on free ports: security protocols by listener name
 * @param more further settings of Kafka's, which win over the broker's own
 */
public record BrokerOptions(
        Path directory,
        int port,
        int scramPort,
        String communityTopic,
        Map<String, String> listeners,
        Map<String, String> more) {

    public BrokerOptions {
        directory = directory.toAbsolutePath().normalize();
        listeners = Map.copyOf(listeners);
        more = Map.copyOf(more);
    }

    public BrokerOptions(Path directory, int port, int scramPort, String communityTopic) {
        this(directory, port, scramPort, communityTopic, Map.of(), Map.of());
    }

    /** The same with further listeners, and settings for them. */
    public BrokerOptions with(Map<String, String> moreListeners, Map<String, String> moreSettings) {
        return new BrokerOptions(directory, port, scramPort, communityTopic, moreListeners, moreSettings);
    }
}
