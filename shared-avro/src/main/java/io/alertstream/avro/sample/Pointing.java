package io.alertstream.avro.sample;

import java.util.Optional;

/**
 * Where the camera points, and which position on the sky each pixel sees: the gnomonic projection about the optical
 * axis.
 */
final class Pointing {

    private static final double RADIANS_PER_PIXEL = StrictMath.toRadians(FocalPlane.ARCSEC_PER_PIXEL / 3600);

    private final Vector axis;
    private final Vector east;
    private final Vector north;
    private final double rotation;
    private final double cos;
    private final double sin;

    /** @param rotation angle from north to the detectors' columns, eastwards */
    Pointing(double ra, double dec, double rotation) {
        axis = Vector.towards(ra, dec);
        east = Vector.towards(ra + 90, 0);
        north = axis.cross(east);
        this.rotation = rotation;
        cos = StrictMath.cos(StrictMath.toRadians(rotation));
        sin = StrictMath.sin(StrictMath.toRadians(rotation));
    }

    double rotation() {
        return rotation;
    }

    /** The direction that a pixel sees; as on the sky, east is left of north. */
    Vector direction(int detector, double column, double row) {
        double x = FocalPlane.x(detector, column) * RADIANS_PER_PIXEL;
        double y = FocalPlane.y(detector, row) * RADIANS_PER_PIXEL;
        return direction(x, y);
    }

    /** The direction seen at a position in the focal plane, given in radians from the axis. */
    Vector direction(double x, double y) {
        return axis.plus(east.times(sin * y - cos * x))
                .plus(north.times(cos * y + sin * x))
                .unit();
    }

    /** The pixel that sees a direction within a few degrees of the axis, if any does. */
    Optional<FocalPlane.Pixel> pixel(Vector direction) {
        double scale = 1 / (direction.dot(axis) * RADIANS_PER_PIXEL);
        double eastward = direction.dot(east) * scale;
        double northward = direction.dot(north) * scale;
        return FocalPlane.pixel(sin * northward - cos * eastward, cos * northward + sin * eastward);
    }

    Place place(FocalPlane.Pixel pixel) {
        Vector here = direction(pixel.detector(), pixel.column(), pixel.row());
        Vector eastHere = new Vector(-here.y(), here.x(), 0).unit();
        Vector northHere = here.cross(eastHere);
        Vector right = direction(pixel.detector(), pixel.column() + 1, pixel.row());
        Vector up = direction(pixel.detector(), pixel.column(), pixel.row() + 1);
        return new Place(
                pixel,
                here.longitude(),
                here.latitude(),
                StrictMath.toDegrees(right.dot(eastHere)),
                StrictMath.toDegrees(up.dot(eastHere)),
                StrictMath.toDegrees(right.dot(northHere)),
                StrictMath.toDegrees(up.dot(northHere)));
    }

    /**
     * A pixel and what it sees.
     *
     * @param raPerColumn degrees eastwards on the sky from one column to the next, and so on
     */
    record Place(
            FocalPlane.Pixel pixel,
            double ra,
            double dec,
            double raPerColumn,
            double raPerRow,
            double decPerColumn,
            double decPerRow) {

        /** Direction on the sky in which columns increase, degrees from north to east. */
        double columnAngle() {
            return new Vector(decPerColumn, raPerColumn, 0).longitude();
        }
    }
}
