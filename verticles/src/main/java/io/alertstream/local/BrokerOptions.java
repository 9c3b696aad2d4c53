package io.alertstream.local;

import java.nio.file.Path;
import java.util.Map;

/**
 * Options of an embedded broker.
 *
 * @param directory of its log: created if absent, continued if it contains one
 * @param port of the plaintext listener, which has no access control; 0 picks a free one
 * @param scramPort of the listener for the user {@code community}; 0 picks a free one
 * @param communityTopic the only topic that {@code community} may read; it need not exist yet
 * @param listeners further listeners on free ports: security protocols by listener name
 * @param more Kafka settings that override the broker's own
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

    /** With further listeners and settings. */
    public BrokerOptions with(Map<String, String> moreListeners, Map<String, String> moreSettings) {
        return new BrokerOptions(directory, port, scramPort, communityTopic, moreListeners, moreSettings);
    }
}
