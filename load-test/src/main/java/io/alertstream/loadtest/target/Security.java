package io.alertstream.loadtest.target;

import java.util.Locale;
import java.util.Optional;

/** How a connection to Kafka is secured: the values of {@code KAFKA_SECURITY}. */
enum Security {
    PLAINTEXT("PLAINTEXT"),
    TLS("SSL"),
    MTLS("SSL"),
    SCRAM("SASL_PLAINTEXT"),
    SCRAM_TLS("SASL_SSL");

    private final String protocol;

    Security(String protocol) {
        this.protocol = protocol;
    }

    static Optional<Security> of(String text) {
        for (Security security : values()) {
            if (security.toString().equals(text)) {
                return Optional.of(security);
            }
        }
        return Optional.empty();
    }

    /** Kafka's name of it. */
    String protocol() {
        return protocol;
    }

    boolean tls() {
        return this == TLS || this == MTLS || this == SCRAM_TLS;
    }

    boolean scram() {
        return this == SCRAM || this == SCRAM_TLS;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
