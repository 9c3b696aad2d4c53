package io.alertstream.server.pages;

/**
 * An ICRS position in other frames: galactic coordinates by the matrix of the Hipparcos catalogue (ESA SP-1200, volume 1,
 * section 1.5.3), ecliptic ones by the mean obliquity of J2000 (IAU 2006). ICRS is equated with the equator and
 * equinox of J2000, from which it differs by 0.02 arcseconds. In degrees.
 */
record SkyFrames(double longitude, double latitude) {

    private static final double OBLIQUITY = Math.toRadians(84_381.406 / 3_600);

    private static final double[][] GALACTIC = {
        {-0.0548755604162154, -0.873437090234885, -0.4838350155487132},
        {+0.4941094278755837, -0.4448296299600112, +0.746982244497219},
        {-0.8676661490190047, -0.1980763734312015, +0.4559837761750669}
    };

    private static final double[][] ECLIPTIC = {
        {1, 0, 0},
        {0, Math.cos(OBLIQUITY), Math.sin(OBLIQUITY)},
        {0, -Math.sin(OBLIQUITY), Math.cos(OBLIQUITY)}
    };

    static SkyFrames galactic(double ra, double dec) {
        return turned(GALACTIC, ra, dec);
    }

    static SkyFrames ecliptic(double ra, double dec) {
        return turned(ECLIPTIC, ra, dec);
    }

    private static SkyFrames turned(double[][] matrix, double ra, double dec) {
        double alpha = Math.toRadians(ra);
        double delta = Math.toRadians(dec);
        double[] from = {Math.cos(delta) * Math.cos(alpha), Math.cos(delta) * Math.sin(alpha), Math.sin(delta)};
        double[] to = new double[3];
        for (int i = 0; i < 3; i++) {
            to[i] = matrix[i][0] * from[0] + matrix[i][1] * from[1] + matrix[i][2] * from[2];
        }
        double longitude = Math.toDegrees(Math.atan2(to[1], to[0]));
        double latitude = Math.toDegrees(Math.atan2(to[2], Math.hypot(to[0], to[1])));
        return new SkyFrames(longitude < 0 ? longitude + 360 : longitude, latitude);
    }

    /** To about an arcsecond. */
    String text() {
        return NumberText.fixed(longitude, 4) + " " + (latitude < 0 ? "" : "+") + NumberText.fixed(latitude, 4);
    }
}
