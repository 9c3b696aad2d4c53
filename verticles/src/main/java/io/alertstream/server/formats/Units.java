package io.alertstream.server.formats;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;

/**
 * Units of fields. Avro has no place for them, so schemas put them at the end of a field's description, as the survey
 * does, {@code Flux in an aperture [nJy]}, or as the schemas here do, {@code Flux in an aperture; nJy}. Written as in
 * FITS (version 4.0 of the standard, section 4.3).
 */
public final class Units {

    private static final Pattern AT_THE_END = Pattern.compile("(?:\\[([^\\[\\]]{1,40})\\]\\.?|; ([^;]{1,40}))$");

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("degrees", "deg"),
            Map.entry("degree", "deg"),
            Map.entry("deg", "deg"),
            Map.entry("square degrees", "deg**2"),
            Map.entry("deg**2", "deg**2"),
            Map.entry("degrees per day", "deg/d"),
            Map.entry("arcseconds", "arcsec"),
            Map.entry("arcsec", "arcsec"),
            Map.entry("square arcseconds", "arcsec**2"),
            Map.entry("days", "d"),
            Map.entry("d", "d"),
            Map.entry("seconds", "s"),
            Map.entry("s", "s"),
            Map.entry("MJD, days", "d"),
            Map.entry("MJD TAI, days", "d"),
            Map.entry("microseconds since 1970, UTC", "us"),
            Map.entry("nJy", "nJy"),
            Map.entry("nJy per day", "nJy/d"),
            Map.entry("nJy/d", "nJy/d"),
            Map.entry("nJy.arcsec**2", "nJy.arcsec**2"),
            Map.entry("mag", "mag"),
            Map.entry("magnitudes", "mag"),
            Map.entry("pixel", "pixel"),
            Map.entry("pixels", "pixel"),
            Map.entry("au", "AU"),
            Map.entry("AU", "AU"),
            Map.entry("AU/d", "AU/d"),
            Map.entry("km/s", "km/s"),
            Map.entry("au per square day", "AU/d**2"),
            Map.entry("1e-10 au per square day", "10**-10 AU/d**2"),
            Map.entry("10^(-10)*au/day^2", "10**-10 AU/d**2"),
            Map.entry("square metres per tonne", "m**2/(10**3 kg)"),
            Map.entry("m^2/ton", "m**2/(10**3 kg)"));

    /** Each counts from a moment: timestamps and dates from 1970, times from midnight. */
    private static final Map<String, String> LOGICAL_TYPES = Map.of(
            "date", "d",
            "time-millis", "ms",
            "time-micros", "us",
            "timestamp-millis", "ms",
            "timestamp-micros", "us",
            "timestamp-nanos", "ns",
            "local-timestamp-millis", "ms",
            "local-timestamp-micros", "us",
            "local-timestamp-nanos", "ns");

    private Units() {}

    /** The unit named in the description, else the unit of the logical type. */
    public static Optional<String> of(Schema.Field field) {
        return of(field.doc()).or(() -> ofLogicalType(field.schema()));
    }

    private static Optional<String> ofLogicalType(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                schema.getTypes().stream()
                        .map(Units::ofLogicalType)
                        .flatMap(Optional::stream)
                        .findFirst();
            case INT, LONG ->
                Optional.ofNullable(schema.getProp(LogicalType.LOGICAL_TYPE_PROP))
                        .flatMap(name -> Optional.ofNullable(LOGICAL_TYPES.get(name)));
            default -> Optional.empty();
        };
    }

    /**
     * The unit at the end of a description; empty if it is unknown: better no unit than a wrong one.
     *
     * @param description may be null
     */
    public static Optional<String> of(String description) {
        if (description == null) {
            return Optional.empty();
        }
        Matcher matcher = AT_THE_END.matcher(description.strip());
        return matcher.find() ? unit(matcher) : Optional.empty();
    }

    /**
     * The description without its unit.
     *
     * @param description may be null, which gives an empty text
     */
    public static String without(String description) {
        if (description == null) {
            return "";
        }
        String text = description.strip();
        Matcher matcher = AT_THE_END.matcher(text);
        return matcher.find() && unit(matcher).isPresent()
                ? text.substring(0, matcher.start()).strip()
                : text;
    }

    private static Optional<String> unit(Matcher matcher) {
        return Optional.ofNullable(WORDS.get(matcher.group(1) == null ? matcher.group(2) : matcher.group(1)));
    }
}
