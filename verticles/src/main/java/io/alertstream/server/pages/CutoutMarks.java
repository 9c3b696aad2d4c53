package io.alertstream.server.pages;

import io.alertstream.avro.profile.AlertView;
import io.alertstream.server.formats.Cutout;
import io.alertstream.server.formats.CutoutSky;
import io.alertstream.server.formats.CutoutSky.Point;
import io.alertstream.server.formats.UnusableCutoutException;
import java.util.Locale;
import java.util.Optional;

/**
 * The overlay of a cutout's picture: a cross at the alert's position, a compass with north and east, and a bar of 5
 * arcseconds. In pixels of the image from the upper left corner, as in SVG.
 *
 * @param viewBox of the drawing
 * @param cross four strokes around the position; empty if it is outside the image
 * @param arms from the compass's centre to north and to east
 * @param bar empty if the image is too narrow
 */
record CutoutMarks(String viewBox, String cross, String arms, Label north, Label east, String bar, Label arcseconds) {

    private static final double ARCSECONDS = 5;

    /** Shares of the image's width. */
    private static final double ARM = 0.13;

    private static final double GAP = 0.045;
    private static final double STROKE = 0.06;

    /** The position of a letter. */
    record Label(String x, String y) {}

    /** Empty if the file's header has no usable coordinates. */
    static Optional<CutoutMarks> of(Cutout cutout, AlertView alert, Optional<SkyPosition> position) {
        try {
            return cutout.of(alert).flatMap(CutoutSky::of).map(sky -> of(sky, position));
        } catch (UnusableCutoutException e) {
            return Optional.empty();
        }
    }

    static CutoutMarks of(CutoutSky sky, Optional<SkyPosition> position) {
        double size = sky.width();
        double arm = size * ARM;
        double x = size * 0.8;
        double y = sky.height() - size * 0.18;
        Point north = new Point(sky.north().x() * arm, -sky.north().y() * arm);
        Point east = new Point(sky.east().x() * arm, -sky.east().y() * arm);
        double bar = ARCSECONDS / sky.arcsecondsPerPixel();
        boolean fits = bar < size * 0.9;
        double left = size * 0.06;
        double bottom = sky.height() - size * 0.06;
        return new CutoutMarks(
                text("0 0 %.2f %.2f", size, (double) sky.height()),
                position.flatMap(at -> sky.pixel(at.ra(), at.dec()))
                        .map(at -> cross(at.x() - 0.5, sky.height() + 0.5 - at.y(), size))
                        .orElse(""),
                text("M%.2f %.2fl%.2f %.2f", x, y, north.x(), north.y())
                        + text("M%.2f %.2fl%.2f %.2f", x, y, east.x(), east.y()),
                label(x + north.x() * 1.45, y + north.y() * 1.45),
                label(x + east.x() * 1.45, y + east.y() * 1.45),
                fits ? text("M%.2f %.2fh%.2f", left, bottom, bar) : "",
                label(left + bar / 2, bottom - size * 0.05));
    }

    /** The centre stays clear, since the source is there. */
    private static String cross(double x, double y, double size) {
        double gap = size * GAP;
        double stroke = size * STROKE;
        return text("M%.2f %.2fv%.2f", x, y - gap - stroke, stroke)
                + text("M%.2f %.2fv%.2f", x, y + gap, stroke)
                + text("M%.2f %.2fh%.2f", x - gap - stroke, y, stroke)
                + text("M%.2f %.2fh%.2f", x + gap, y, stroke);
    }

    private static Label label(double x, double y) {
        return new Label(text("%.2f", x), text("%.2f", y));
    }

    private static String text(String format, Object... numbers) {
        return String.format(Locale.ROOT, format, numbers);
    }
}
