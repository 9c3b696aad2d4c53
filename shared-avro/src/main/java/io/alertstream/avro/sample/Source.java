package io.alertstream.avro.sample;

/**
 * The thing on the sky, or the artefact, that an alert is about.
 *
 * @param flux mean or peak flux of the light curve, in r
 * @param redness see {@link Band#ofStar}
 * @param inTemplate whether the template contains the mean of the light curve: true for a star, false for an explosion
 * @param shift pixels by which the template's star is misplaced
 * @param host flux of the galaxy around it, in r
 * @param hostX offset of the galaxy's centre in pixels; the same with y
 */
record Source(
        Kind kind,
        LightCurve curve,
        double flux,
        double redness,
        boolean inTemplate,
        double shift,
        double host,
        double hostX,
        double hostY,
        double hostRadius) {

    enum Kind {
        VARIABLE,
        TRANSIENT,
        ARTEFACT,
        DIPOLE,
        MOVING
    }

    static Source variable(LightCurve curve, double flux, double redness) {
        return new Source(Kind.VARIABLE, curve, flux, redness, true, 0, 0, 0, 0, 1);
    }

    static Source of(Kind kind, double flux, boolean inTemplate, double shift) {
        return new Source(
                kind, new LightCurve.Constant(kind == Kind.MOVING ? 1 : 0), flux, 1, inTemplate, shift, 0, 0, 0, 1);
    }

    Source in(double galaxy, double x, double y, double radius) {
        return new Source(kind, curve, flux, redness, inTemplate, shift, galaxy, x, y, radius);
    }

    /** What the difference image would show without noise. */
    double difference(Band band, double mjdTai) {
        return flux * band.ofStar(redness) * curve.at(mjdTai);
    }

    /** The point source in the template. */
    double star(Band band) {
        return inTemplate ? flux * band.ofStar(redness) : 0;
    }

    /**
     * Roughly the flux that a point-source fit finds in the template: the star, and the part of the galaxy under the
     * profile.
     */
    double under(Band band) {
        double distance2 = (hostX * hostX + hostY * hostY) / (hostRadius * hostRadius);
        return star(band) + 3 * hostIn(band) / (hostRadius * hostRadius) / (1 + distance2);
    }

    Scene scene(Band band, double difference, boolean cosmicRay) {
        return new Scene(difference, star(band), shift, hostIn(band), hostX, hostY, hostRadius, cosmicRay);
    }

    private double hostIn(Band band) {
        return host * band.ofGalaxy();
    }
}
