package io.alertstream.kafka;

import io.alertstream.settings.Forms;
import io.alertstream.settings.Setting;

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

    public static final Setting<KafkaSecurity> SETTING = Setting.of(
            "KAFKA_SECURITY",
            "plaintext",
            Forms.oneOf(KafkaSecurity.class),
            "plaintext, tls, mtls, scram or scram-tls");

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
