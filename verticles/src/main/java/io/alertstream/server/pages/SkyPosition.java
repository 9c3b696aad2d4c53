package io.alertstream.server.pages;

import io.alertstream.avro.profile.AlertView;
import io.alertstream.avro.profile.Sighting;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** An ICRS position in degrees, also in sexagesimal notation. */
record SkyPosition(double ra, double dec) {

    private static final int MILLISECONDS_PER_DAY = 86_400_000;
    private static final int HUNDREDTHS_PER_DEGREE = 360_000;

    /** The position of the alert's source; empty if the packet lacks it. */
    static Optional<SkyPosition> ofAlert(AlertView alert) {
        return alert.source().flatMap(SkyPosition::of);
    }

    /** The position of a source; empty if it is missing or invalid. */
    static Optional<SkyPosition> of(Sighting source) {
        OptionalDouble ra = source.ra();
        OptionalDouble dec = source.dec();
        boolean there = ra.isPresent()
                && dec.isPresent()
                && ra.getAsDouble() >= 0
                && ra.getAsDouble() <= 360
                && Math.abs(dec.getAsDouble()) <= 90;
        return there ? Optional.of(new SkyPosition(ra.getAsDouble(), dec.getAsDouble())) : Optional.empty();
    }

    /** To 0.4 milliarcseconds, well below what is measured. */
    public String degrees() {
        return "%s %s".formatted(NumberText.fixed(ra, 7), sign() + NumberText.fixed(Math.abs(dec), 7));
    }

    /** Rounded before it is split, so that seconds never reach 60. */
    public String sexagesimal() {
        long time = Math.round(ra / 360 * MILLISECONDS_PER_DAY) % MILLISECONDS_PER_DAY;
        long arc = Math.round(Math.abs(dec) * HUNDREDTHS_PER_DEGREE);
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d %s%02d:%02d:%02d.%02d",
                time / 3_600_000,
                time / 60_000 % 60,
                time / 1_000 % 60,
                time % 1_000,
                sign(),
                arc / HUNDREDTHS_PER_DEGREE,
                arc / 6_000 % 60,
                arc / 100 % 60,
                arc % 100);
    }

    private String sign() {
        return dec < 0 ? "\u2212" : "+";
    }

    public String galactic() {
        return SkyFrames.galactic(ra, dec).text();
    }

    public String ecliptic() {
        return SkyFrames.ecliptic(ra, dec).text();
    }

    /** Pages about this position. */
    public List<ExternalLink> viewers() {
        String place = text("%.7f %+.7f", ra, dec).replace(" ", "%20").replace("+", "%2B");
        String both = text("ra=%.7f&dec=%.7f", ra, dec);
        String mark = text("%.7f,%.7f", ra, dec);
        return List.of(
                new ExternalLink(
                        "Aladin Lite", "https://aladin.cds.unistra.fr/AladinLite/?target=" + place + "&fov=0.05"),
                new ExternalLink(
                        "Legacy Survey",
                        "https://www.legacysurvey.org/viewer?" + both + "&layer=ls-dr10&zoom=16&mark=" + mark),
                new ExternalLink(
                        "SIMBAD",
                        "https://simbad.cds.unistra.fr/simbad/sim-coo?Coord=" + place
                                + "&Radius=10&Radius.unit=arcsec"),
                new ExternalLink(
                        "NED",
                        text(
                                "https://ned.ipac.caltech.edu/conesearch?search_type=Near%%20Position%%20Search"
                                        + "&in_csys=Equatorial&in_equinox=J2000&ra=%.7fd&dec=%.7fd&radius=0.5",
                                ra, dec)),
                new ExternalLink(
                        "TNS",
                        text("https://www.wis-tns.org/search?ra=%.7f&decl=%.7f&radius=5&coords_unit=arcsec", ra, dec)));
    }

    private static String text(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}
