package io.alertstream.settings;

/** How a connection to Kafka is secured: the values of {@code KAFKA_SECURITY}. */
public enum KafkaSecurity {
    /** Neither encrypted nor authenticated. */
    PLAINTEXT(false, false),
    /** TLS; the client stays anonymous. */
    TLS(true, false),
    /** TLS; the client shows a certificate of its own. */
    MTLS(true, false),
    /** SCRAM-SHA-512 over plaintext. */
    SCRAM(false, true),
    /** SCRAM-SHA-512 over TLS. */
    SCRAM_TLS(true, true);

    private final boolean encrypted;
    private final boolean scram;

    KafkaSecurity(boolean encrypted, boolean scram) {
        this.encrypted = encrypted;
        this.scram = scram;
    }

    public boolean encrypted() {
        return encrypted;
    }

    public boolean scram() {
        return scram;
    }
}
