package io.alertstream.avro.sample;

/**
 * A stamp as the survey's three FITS files. Each has an image in nJy with its position on the sky, its variance in
 * {@code UNCERT}, and its point spread function in {@code PSFIMAGE}. Headers have the survey's keywords in the survey's
 * order; none identifies the alert, its visit or its time.
 */
final class Cutouts {

    private static final int FLOAT = -32;
    private static final int DOUBLE = -64;
    private static final int BLOCKS = 24;

    private static final FitsWriter VARIANCE = varianceHeader();

    private final FitsWriter header = new FitsWriter(FitsWriter.BLOCK);
    private final FitsWriter file = new FitsWriter(BLOCKS * FitsWriter.BLOCK);

    /** The first pixel of the stamp around a position, along one axis: the centre is between pixels 14 and 15. */
    static int firstPixel(double position) {
        return (int) StrictMath.floor(position) - (Stamp.SIDE / 2 - 1);
    }

    /** Starts the files of one alert. */
    void at(Pointing.Place place, double rotation) {
        int minX = firstPixel(place.pixel().column());
        int minY = firstPixel(place.pixel().row());
        header.clear();
        header.card("SIMPLE", true, "conforms to FITS standard");
        image(header, FLOAT, Stamp.SIDE);
        header.card("EXTEND", true, "")
                .card("CUTMINX", minX, "")
                .card("CUTMINY", minY, "")
                .card("ROTPA", rotation, 13, 0, "Pos angle in deg of focal plane +Y wrt North")
                .card("BUNIT", "nJy", "")
                .card("WCSAXES", 2, "Number of coordinate axes")
                // FITS counts pixels from 1, the survey from 0.
                .card("CRPIX1", place.pixel().column() - minX + 1, 12, 0, "Pixel coordinate of reference point")
                .card("CRPIX2", place.pixel().row() - minY + 1, 12, 0, "Pixel coordinate of reference point")
                .card("PC1_1", place.raPerColumn(), 13, -5, "Coordinate transformation matrix element")
                .card("PC1_2", place.raPerRow(), 13, -5, "Coordinate transformation matrix element")
                .card("PC2_1", place.decPerColumn(), 13, -5, "Coordinate transformation matrix element")
                .card("PC2_2", place.decPerRow(), 13, -5, "Coordinate transformation matrix element")
                .card("CDELT1", 1, 1, 0, "Coordinate increment at reference point")
                .card("CDELT2", 1, 1, 0, "Coordinate increment at reference point")
                .card("CRVAL1", place.ra(), 12, 0, "Coordinate value at reference point")
                .card("CRVAL2", place.dec(), 12, 0, "Coordinate value at reference point")
                .card("LATPOLE", 90, 1, 0, "[deg] Native latitude of celestial pole")
                .card("MJDREF", 0, 1, 0, "[d] MJD of fiducial time");
        header.endHeader();
    }

    /** Writes one file; it is valid until the next call. */
    FitsWriter of(float[] pixels, float[] variance, FitsWriter psf) {
        file.clear();
        file.blocks(header).data(pixels);
        file.blocks(VARIANCE).data(variance);
        return file.blocks(psf);
    }

    /** Writes the extension with the point spread function. */
    static void psf(FitsWriter out, double[][] image) {
        extension(out, DOUBLE, image.length);
        out.card("EXTNAME", "PSFIMAGE", "extension name").endHeader().data(image);
    }

    private static FitsWriter varianceHeader() {
        FitsWriter out = new FitsWriter(FitsWriter.BLOCK);
        extension(out, FLOAT, Stamp.SIDE);
        return out.card("UTYPE", "VarianceUncertainty", "")
                .card("EXTNAME", "UNCERT", "extension name")
                .endHeader();
    }

    private static void extension(FitsWriter out, int type, int side) {
        out.card("XTENSION", "IMAGE", "Image extension");
        image(out, type, side);
        out.card("PCOUNT", 0, "number of parameters").card("GCOUNT", 1, "number of groups");
    }

    private static void image(FitsWriter out, int type, int side) {
        out.card("BITPIX", type, "array data type")
                .card("NAXIS", 2, "number of array dimensions")
                .card("NAXIS1", side, "")
                .card("NAXIS2", side, "");
    }
}
