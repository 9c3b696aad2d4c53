package io.alertstream.server.pages;

import io.alertstream.avro.profile.AlertView;
import io.alertstream.avro.profile.Sighting;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The packet's measurements of an object's brightness: the alert's own source, earlier sources, and forced photometry.
 * Ordered by time; points without a time come last.
 */
record LightCurvePoints(List<Point> points) {

    private static final double NO_TIME = Double.MAX_VALUE;

    /** How a flux was measured. */
    enum Kind {
        /** The alert's own source. */
        ALERT("this alert"),
        DETECTION("detection"),
        FORCED("forced");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * A flux at a time.
     *
     * @param id of the source; empty for forced photometry, which has no alert
     * @param mjd TAI, in days; empty if missing, like the other values
     */
    record Point(Kind kind, String id, OptionalDouble mjd, String band, Brightness difference, Brightness total) {

        private static Point of(Kind kind, Sighting source) {
            return new Point(
                    kind,
                    kind == Kind.FORCED ? "" : source.id().orElse(""),
                    source.mjdTai(),
                    source.band().orElse(""),
                    Brightness.of(source),
                    Brightness.total(source));
        }

        private double time() {
            return mjd.orElse(NO_TIME);
        }

        /** To 0.1 s. */
        public String mjdText() {
            return mjd.isPresent() ? NumberText.fixed(mjd.getAsDouble(), 6) : "";
        }

        public String date() {
            return mjd.isPresent() ? NumberText.date(mjd.getAsDouble()) : "";
        }
    }

    static LightCurvePoints of(AlertView alert) {
        List<Point> points = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        alert.source().ifPresent(source -> {
            Point own = Point.of(Kind.ALERT, source);
            seen.add(own.id());
            points.add(own);
        });
        for (Sighting source : alert.earlier()) {
            Point before = Point.of(Kind.DETECTION, source);
            if (before.id().isEmpty() || seen.add(before.id())) {
                points.add(before);
            }
        }
        for (Sighting source : alert.forced()) {
            points.add(Point.of(Kind.FORCED, source));
        }
        points.sort(Comparator.comparingDouble(Point::time));
        return new LightCurvePoints(points);
    }

    public long detections() {
        return points.stream().filter(point -> point.kind() != Kind.FORCED).count();
    }

    public long forced() {
        return points.size() - detections();
    }

    /** Whether any point has a total flux, which schemas before version 9 lack in places. */
    public boolean hasTotals() {
        return points.stream().anyMatch(point -> point.total().flux().isPresent());
    }

    /** Detections before the alert's own, latest first. */
    Stream<Point> earlier() {
        return others().filter(point -> point.time() < own())
                .sorted(Comparator.comparingDouble(Point::time).reversed());
    }

    /** Detections after the alert's own, earliest first: packets produced long after the night may have some. */
    Stream<Point> later() {
        return others().filter(point -> point.time() > own());
    }

    /** Time of the alert's own source; NaN if unknown, which compares as neither before nor after. */
    private double own() {
        return points.stream()
                .filter(point -> point.kind() == Kind.ALERT)
                .mapToDouble(point -> point.mjd().orElse(Double.NaN))
                .findFirst()
                .orElse(Double.NaN);
    }

    private Stream<Point> others() {
        return points.stream()
                .filter(point -> point.kind() == Kind.DETECTION && !point.id().isEmpty())
                .filter(point -> point.mjd().isPresent());
    }
}
