package io.alertstream.avro.sample;

/** A vector in three dimensions. */
record Vector(double x, double y, double z) {

    /** The unit vector towards a position on the sky, in the frame of its coordinates. */
    static Vector towards(double longitude, double latitude) {
        double a = StrictMath.toRadians(longitude);
        double d = StrictMath.toRadians(latitude);
        double c = StrictMath.cos(d);
        return new Vector(c * StrictMath.cos(a), c * StrictMath.sin(a), StrictMath.sin(d));
    }

    Vector plus(Vector v) {
        return new Vector(x + v.x, y + v.y, z + v.z);
    }

    Vector minus(Vector v) {
        return new Vector(x - v.x, y - v.y, z - v.z);
    }

    Vector times(double f) {
        return new Vector(x * f, y * f, z * f);
    }

    double dot(Vector v) {
        return x * v.x + y * v.y + z * v.z;
    }

    Vector cross(Vector v) {
        return new Vector(y * v.z - z * v.y, z * v.x - x * v.z, x * v.y - y * v.x);
    }

    double length() {
        return StrictMath.sqrt(dot(this));
    }

    Vector unit() {
        return times(1 / length());
    }

    /** Degrees between two vectors. */
    double angle(Vector v) {
        return StrictMath.toDegrees(StrictMath.atan2(cross(v).length(), dot(v)));
    }

    /** Turned about the x axis, as between equator and ecliptic. */
    Vector turnedAboutX(double degrees) {
        double c = StrictMath.cos(StrictMath.toRadians(degrees));
        double s = StrictMath.sin(StrictMath.toRadians(degrees));
        return new Vector(x, c * y - s * z, s * y + c * z);
    }

    /** Degrees from 0 to 360. */
    double longitude() {
        double degrees = StrictMath.toDegrees(StrictMath.atan2(y, x));
        return degrees < 0 ? degrees + 360 : degrees;
    }

    double latitude() {
        return StrictMath.toDegrees(StrictMath.atan2(z, StrictMath.sqrt(x * x + y * y)));
    }
}
