package io.alertstream.server.pages;

import io.alertstream.avro.profile.Sighting;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A flux in nJy with its standard error, also as an AB magnitude. A difference flux is negative where the object was
 * fainter than in the template, and has no magnitude then.
 */
record Brightness(OptionalDouble flux, OptionalDouble fluxError) {

    /** The AB magnitude of 1 nJy. */
    private static final double ZERO_POINT = 31.4;

    /** Magnitudes for a factor of e. */
    private static final double PER_E = 2.5 / Math.log(10);

    static Brightness of(Sighting source) {
        return new Brightness(source.flux(), source.fluxError());
    }

    /** The total flux, measured in the science image. */
    static Brightness total(Sighting source) {
        return new Brightness(source.totalFlux(), source.totalFluxError());
    }

    /** Empty if unknown, like the texts below. */
    public String fluxText() {
        return text(flux, 1);
    }

    public String fluxErrorText() {
        return text(fluxError, 1);
    }

    public String magnitudeText() {
        return text(magnitude(), 3);
    }

    public String magnitudeErrorText() {
        return text(magnitudeError(), 3);
    }

    OptionalDouble magnitude() {
        return flux.isPresent() && flux.getAsDouble() > 0
                ? OptionalDouble.of(ZERO_POINT - 2.5 * Math.log10(flux.getAsDouble()))
                : OptionalDouble.empty();
    }

    OptionalDouble magnitudeError() {
        return magnitude().isPresent() && fluxError.isPresent() && fluxError.getAsDouble() >= 0
                ? OptionalDouble.of(PER_E * fluxError.getAsDouble() / flux.getAsDouble())
                : OptionalDouble.empty();
    }

    /** With an ASCII minus, which programs can parse. */
    private static String text(OptionalDouble value, int digits) {
        return value.isPresent() ? String.format(Locale.ROOT, "%." + digits + "f", value.getAsDouble()) : "";
    }
}
