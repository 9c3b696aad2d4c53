package io.alertstream.avro.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Maps a survey's alerts to the values that are read from them. Each list of names is tried in order and the first that
 * the schema has is used, so that one profile serves all versions of a schema. Values that a survey doesn't have are
 * omitted.
 *
 * @param id of the alert, in the packet's own record; a dot leads into a record within
 * @param object id of the object that the alert belongs to, in the source's record or else in the packet's own
 * @param sources records of measurements
 * @param cutouts names of the fields that hold the images difference, science and template
 * @param pages links to other sites about an object, by site name, with {@code {object}} for its id
 */
public record AlertProfile(
        List<String> id,
        List<String> object,
        Sources sources,
        Time time,
        Position position,
        Band band,
        Flux flux,
        Magnitude magnitude,
        Map<String, String> cutouts,
        Map<String, String> pages) {

    /** The profiles in the jar. */
    public static final List<String> BUNDLED = List.of("lsst", "ztf");

    private static final Set<String> CUTOUTS = Set.of("difference", "science", "template");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Records of measurements in a packet.
     *
     * @param own the one that the alert is about
     * @param earlier list of earlier ones
     * @param forced list of measurements without a detection
     * @param id of a measurement, which is that of its alert
     */
    public record Sources(List<String> own, List<String> earlier, List<String> forced, List<String> id) {
        public Sources {
            own = orNone(own);
            earlier = orNone(earlier);
            forced = orNone(forced);
            id = orNone(id);
        }
    }

    /** When a source was seen, in days. */
    public record Time(List<String> fields, TimeScale scale) {
        public Time {
            fields = orNone(fields);
            scale = scale == null ? TimeScale.MJD_TAI : scale;
        }
    }

    /** Where a source is, ICRS, in degrees. */
    public record Position(List<String> ra, List<String> dec) {
        public Position {
            ra = orNone(ra);
            dec = orNone(dec);
        }
    }

    /**
     * The filter that a source was seen through.
     *
     * @param names display names of the survey's codes; a code without a name is shown as it is
     */
    public record Band(List<String> fields, Map<String, String> names) {
        public Band {
            fields = orNone(fields);
            names = names == null ? Map.of() : Map.copyOf(names);
        }
    }

    /** Fluxes in nJy: on the difference image, and total. */
    public record Flux(Measured difference, Measured total) {
        public Flux {
            difference = difference == null ? Measured.NONE : difference;
            total = total == null ? Measured.NONE : total;
        }
    }

    /** A value and its standard error. */
    public record Measured(List<String> value, List<String> error) {
        static final Measured NONE = new Measured(null, null);

        public Measured {
            value = orNone(value);
            error = orNone(error);
        }
    }

    /**
     * AB magnitude on the difference image, for surveys that give no flux.
     *
     * @param sign whether the difference is positive
     * @param positive the values that mean a positive difference
     */
    public record Magnitude(List<String> value, List<String> error, List<String> sign, Set<String> positive) {
        public Magnitude {
            value = orNone(value);
            error = orNone(error);
            sign = orNone(sign);
            positive = positive == null ? Set.of() : Set.copyOf(positive);
        }
    }

    private static final class Lsst {
        static final AlertProfile PROFILE = bundled("lsst");
    }

    public AlertProfile {
        id = orNone(id);
        if (id.isEmpty()
                || id.stream().anyMatch(name -> name.isBlank() || name.startsWith(".") || name.endsWith("."))) {
            throw new IllegalArgumentException("expected the names of fields that hold an alert's id, got " + id);
        }
        object = orNone(object);
        sources = sources == null ? new Sources(null, null, null, null) : sources;
        time = time == null ? new Time(null, null) : time;
        position = position == null ? new Position(null, null) : position;
        band = band == null ? new Band(null, null) : band;
        flux = flux == null ? new Flux(null, null) : flux;
        magnitude = magnitude == null ? new Magnitude(null, null, null, null) : magnitude;
        cutouts = cutouts == null ? Map.of() : Map.copyOf(cutouts);
        pages = pages == null ? Map.of() : Map.copyOf(pages);
        if (!CUTOUTS.containsAll(cutouts.keySet())) {
            throw new IllegalArgumentException("expected cutouts of " + CUTOUTS + ", got " + cutouts.keySet());
        }
    }

    /** The profile of the survey's own alerts, all versions. */
    public static AlertProfile lsst() {
        return Lsst.PROFILE;
    }

    /**
     * A profile in the jar.
     *
     * @param name one of {@link #BUNDLED}
     */
    public static AlertProfile bundled(String name) {
        try (InputStream in = AlertProfile.class.getResourceAsStream("/profiles/" + name + ".json")) {
            return JSON.readValue(in.readAllBytes(), AlertProfile.class);
        } catch (IOException e) {
            throw new IllegalStateException("the jar's profile " + name + " can't be read", e);
        }
    }

    /**
     * One of {@link #BUNDLED} by its name, or a file in the same form.
     *
     * @throws InvalidProfileException if there is no such profile, or if it can't be used
     */
    public static AlertProfile named(String nameOrFile) {
        if (BUNDLED.contains(nameOrFile)) {
            return bundled(nameOrFile);
        }
        try {
            return JSON.readValue(Files.readAllBytes(Path.of(nameOrFile)), AlertProfile.class);
        } catch (JsonProcessingException e) {
            throw new InvalidProfileException("not a profile: " + e.getOriginalMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidProfileException("it can't be read: " + e, e);
        }
    }

    /** A copy with the alert's id in another field. */
    public AlertProfile withId(String field) {
        return new AlertProfile(List.of(field), object, sources, time, position, band, flux, magnitude, cutouts, pages);
    }

    private static List<String> orNone(List<String> names) {
        return names == null ? List.of() : List.copyOf(names);
    }
}
