package io.alertstream.server.routes;

import io.alertstream.server.protocol.Offer;
import java.util.List;
import java.util.Locale;

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
    public String format() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** PNG is shown by browsers, FITS is saved. */
    @Override
    public String disposition(String name) {
        return (this == PNG ? "inline" : "attachment") + "; filename=" + name + "." + format();
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
