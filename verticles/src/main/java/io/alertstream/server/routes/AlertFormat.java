package io.alertstream.server.routes;

import io.alertstream.server.protocol.Offer;
import java.util.List;

/** The representations of an alert. The first is the default. */
public enum AlertFormat implements Offer {
    WIRE("application/octet-stream"),
    AVRO("application/avro", "application/vnd.apache.avro", "avro/binary"),
    JSON("application/json"),
    FITS("application/fits", "image/fits");

    @SuppressWarnings("ImmutableEnumChecker") // It is: from List.of.
    private final List<String> types;

    AlertFormat(String... types) {
        this.types = List.of(types);
    }

    @Override
    public boolean isForBrowsers() {
        return this == JSON;
    }

    @Override
    public List<String> types() {
        return types;
    }
}
