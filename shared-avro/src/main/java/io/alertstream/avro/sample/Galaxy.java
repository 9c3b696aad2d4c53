package io.alertstream.avro.sample;

/** Galactic coordinates of an equatorial direction (J2000). */
final class Galaxy {

    private static final Vector POLE = Vector.towards(192.85948, 27.12825);
    private static final Vector CENTRE = Vector.towards(266.40510, -28.93617);

    private Galaxy() {}

    static double longitude(Vector direction) {
        return inPlane(direction).longitude();
    }

    static double latitude(Vector direction) {
        return inPlane(direction).latitude();
    }

    private static Vector inPlane(Vector direction) {
        return new Vector(direction.dot(CENTRE), direction.dot(POLE.cross(CENTRE)), direction.dot(POLE));
    }
}
