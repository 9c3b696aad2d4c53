package io.alertstream.avro.sample;

/**
 * Images of a point spread function as the survey's pipelines make them, which matters for how well packets compress. A
 * visit's is modelled in single precision within a circle. A template's is averaged over many visits in double
 * precision, within a square that is rotated relative to the pixels and has its corners cut; its size depends on the
 * angle.
 */
final class PsfImage {

    private static final int VISIT_SIDE = 41;
    private static final double VISIT_RADIUS = 23.5;

    /** Noise of the model, as a share of a star's flux a pixel. */
    private static final double NOISE = 2e-5;

    /** Width in pixels of the edge over which the image fades. */
    private static final double FADING = 3;

    private static final double PER_PIXEL = 1e-4;

    /**
     * The shape of a template's image.
     *
     * @param half half the square's side, before rotation
     */
    private record Shape(int side, double half, double radius, double degrees) {
        static final Shape USUAL = new Shape(49, 19.15, 24.5, 40);
        static final Shape UPRIGHT = new Shape(39, 19.4, 26, 3);
        static final Shape LARGE = new Shape(77, 30.1, 38.5, 40);
    }

    private static final double UPRIGHT = 0.17;
    private static final double LARGE = 0.03;

    private PsfImage() {}

    /** For a visit's own image, and for the difference image. */
    static double[][] visit(Psf psf, Deviates deviates) {
        double[][] image = new double[VISIT_SIDE][VISIT_SIDE];
        double middle = (VISIT_SIDE - 1) / 2.0;
        for (int row = 0; row < VISIT_SIDE; row++) {
            for (int column = 0; column < VISIT_SIDE; column++) {
                double dx = column - middle;
                double dy = row - middle;
                double inside = VISIT_RADIUS - StrictMath.sqrt(dx * dx + dy * dy);
                image[row][column] = inside < 0 ? 0 : fade(psf.at(dx, dy) + NOISE * deviates.normal(), inside);
            }
        }
        normalize(image);
        for (double[] row : image) {
            for (int column = 0; column < VISIT_SIDE; column++) {
                row[column] = (float) row[column];
            }
        }
        return image;
    }

    static double[][] template(Psf psf, Deviates deviates) {
        double which = deviates.uniform();
        Shape shape = which < LARGE ? Shape.LARGE : which < LARGE + UPRIGHT ? Shape.UPRIGHT : Shape.USUAL;
        double cos = StrictMath.cos(StrictMath.toRadians(shape.degrees()));
        double sin = StrictMath.sin(StrictMath.toRadians(shape.degrees()));
        double[][] image = new double[shape.side()][shape.side()];
        double middle = (shape.side() - 1) / 2.0;
        for (int row = 0; row < shape.side(); row++) {
            for (int column = 0; column < shape.side(); column++) {
                double dx = column - middle;
                double dy = row - middle;
                double u = Math.abs(cos * dx + sin * dy);
                double v = Math.abs(cos * dy - sin * dx);
                double inside =
                        Math.min(shape.half() - Math.max(u, v), shape.radius() - StrictMath.sqrt(dx * dx + dy * dy));
                image[row][column] = inside < 0 ? 0 : fade(psf.at(dx, dy) + NOISE * deviates.normal(), inside);
            }
        }
        normalize(image);
        return image;
    }

    private static double fade(double value, double inside) {
        double faded = value;
        for (double left = inside; left < FADING; left++) {
            faded *= PER_PIXEL;
        }
        return faded;
    }

    private static void normalize(double[][] image) {
        double sum = 0;
        for (double[] row : image) {
            for (double pixel : row) {
                sum += pixel;
            }
        }
        for (double[] row : image) {
            for (int column = 0; column < row.length; column++) {
                row[column] /= sum;
            }
        }
    }
}
