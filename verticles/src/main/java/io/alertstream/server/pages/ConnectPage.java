package io.alertstream.server.pages;

import io.alertstream.bus.Fact;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a Kafka client reads the stream. A server in another process than the broker doesn't know its addresses, and says
 * so.
 */
public final class ConnectPage {

    private ConnectPage() {}

    /**
     * The page's model.
     *
     * @param topic to show if the rest isn't known
     */
    public static Map<String, Object> of(Optional<Fact.SystemReachable> reachable, String topic) {
        Map<String, Object> model = new HashMap<>();
        model.put("known", reachable.isPresent());
        model.put("kafka", reachable.map(Fact.SystemReachable::kafka).orElse("BROKER:9094"));
        model.put("user", reachable.map(Fact.SystemReachable::user).orElse("USER"));
        model.put("password", reachable.map(Fact.SystemReachable::password).orElse("PASSWORD"));
        model.put("topic", reachable.map(Fact.SystemReachable::topic).orElse(topic));
        model.put("registry", reachable.map(Fact.SystemReachable::registry).orElse("https://REGISTRY"));
        // In clusters the users' listener is encrypted; the local one isn't.
        model.put("protocol", reachable.isPresent() ? "SASL_PLAINTEXT" : "SASL_SSL");
        return model;
    }
}
