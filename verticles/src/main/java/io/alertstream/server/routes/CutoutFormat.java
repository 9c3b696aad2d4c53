package io.alertstream.server.routes;

import io.alertstream.server.protocol.Offer;
import java.util.List;

/** The representations of a cutout. The first is the default. */
public enum CutoutFormat implements Offer {
    FITS("application/fits", "image/fits"),
    PNG("image/png");

    @SuppressWarnings("ImmutableEnumChecker") // It is: from List.of.
    private final List<String> types;

    CutoutFormat(String... types) {
        this.types = List.of(types);
    }

    @Override
    public boolean isForBrowsers() {
        return this == PNG;
    }

    @Override
    public boolean isCompressible() {
        return this != PNG;
    }

    @Override
    public List<String> types() {
        return types;
    }
}
