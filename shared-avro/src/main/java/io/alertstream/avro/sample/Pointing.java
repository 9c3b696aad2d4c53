package io.alertstream.avro.sample;

/**
 * Where the camera looks, and so which place on the sky a pixel sees: the gnomonic projection about the optical axis.
 */
final class Pointing {

    private static final double RADIANS_PER_PIXEL = StrictMath.toRadians(FocalPlane.ARCSEC_PER_PIXEL / 3600);

    private final Vector axis;
    private final Vector east;
    private final Vector north;
    private final double cos;
    private final double sin;

    /** @param rotation angle from north to the detectors' columns, eastwards */
    Pointing(double ra, double dec, double rotation) {
        axis = Vector.towards(ra, dec);
        east = Vector.towards(ra + 90, 0);
        north = axis.cross(east);
        cos = StrictMath.cos(StrictMath.toRadians(rotation));
        sin = StrictMath.sin(StrictMath.toRadians(rotation));
    }

    /** What the pixel sees; as on the sky, east is left of north. */
    Vector direction(int detector, double column, double row) {
        double x = FocalPlane.x(detector, column) * RADIANS_PER_PIXEL;
        double y = FocalPlane.y(detector, row) * RADIANS_PER_PIXEL;
        return axis.plus(east.times(sin * y - cos * x))
                .plus(north.times(cos * y + sin * x))
                .unit();
    }

    Place place(int detector, double column, double row) {
        Vector here = direction(detector, column, row);
        Vector eastHere = new Vector(-here.y(), here.x(), 0).unit();
        Vector northHere = here.cross(eastHere);
        Vector right = direction(detector, column + 1, row);
        Vector up = direction(detector, column, row + 1);
        return new Place(
                detector,
                column,
                row,
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
     * @param column 0 is the centre of the first
     * @param raPerColumn degrees eastwards on the sky from one column to the next; the others likewise
     */
    record Place(
            int detector,
            double column,
            double row,
            double ra,
            double dec,
            double raPerColumn,
            double raPerRow,
            double decPerColumn,
            double decPerRow) {

        /** Direction of growing columns on the sky, degrees from north to east. */
        double columnAngle() {
            return new Vector(decPerColumn, raPerColumn, 0).longitude();
        }
    }
}
