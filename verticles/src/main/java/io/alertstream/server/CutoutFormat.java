package io.alertstream.server;

import java.util.List;
import java.util.Locale;

/** Representations of a cutout; the first one is for whoever doesn't mind. */
enum CutoutFormat implements Offer {
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

    @Override
    public List<String> types() {
        return types;
    }
}
