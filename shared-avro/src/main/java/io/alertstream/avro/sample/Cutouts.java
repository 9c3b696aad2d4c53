package io.alertstream.avro.sample;

/**
 * A stamp as the survey's three FITS files: an image in nJy with its position on the sky, its variance in {@code UNCERT},
 * and, in the science file, the point spread function in {@code PSFIMAGE}. The template is warped and matched to that
 * function before it is subtracted, so one serves all three.
 */
final class Cutouts {

    private static final int BLOCKS = 12;

    private final FitsWriter header = new FitsWriter(FitsWriter.BLOCK);
    private final FitsWriter file = new FitsWriter(BLOCKS * FitsWriter.BLOCK);

    /** The first pixel of the stamp about a position, in one direction: the middle is between pixels 14 and 15. */
    static int firstPixel(double position) {
        return (int) StrictMath.floor(position) - (Stamp.SIDE / 2 - 1);
    }

    /** Starts the files of one alert. */
    void at(Pointing.Place place) {
        int minX = firstPixel(place.column());
        int minY = firstPixel(place.row());
        header.clear();
        header.card("SIMPLE", true, "conforms to FITS standard");
        image(header, -32, Stamp.SIDE);
        header.card("EXTEND", true, "")
                .card("CUTMINX", minX, "column of the first pixel on the detector")
                .card("CUTMINY", minY, "row of the first pixel on the detector")
                .card("BUNIT", "nJy", "")
                .card("WCSAXES", 2, "Number of coordinate axes")
                .card("CTYPE1", "RA---TAN", "Right ascension, gnomonic projection")
                .card("CTYPE2", "DEC--TAN", "Declination, gnomonic projection")
                .card("CUNIT1", "deg", "")
                .card("CUNIT2", "deg", "")
                // FITS counts pixels from 1, the survey from 0.
                .card("CRPIX1", place.column() - minX + 1, 12, 0, "Pixel coordinate of reference point")
                .card("CRPIX2", place.row() - minY + 1, 12, 0, "Pixel coordinate of reference point")
                .card("CD1_1", place.raPerColumn(), 12, -5, "Coordinate transformation matrix element")
                .card("CD1_2", place.raPerRow(), 12, -5, "Coordinate transformation matrix element")
                .card("CD2_1", place.decPerColumn(), 12, -5, "Coordinate transformation matrix element")
                .card("CD2_2", place.decPerRow(), 12, -5, "Coordinate transformation matrix element")
                .card("CRVAL1", place.ra(), 12, 0, "[deg] Right ascension at reference point")
                .card("CRVAL2", place.dec(), 12, 0, "[deg] Declination at reference point")
                .card("RADESYS", "ICRS", "Equatorial coordinate system")
                .card("LATPOLE", 90, 1, 0, "[deg] Native latitude of celestial pole");
        header.endHeader();
    }

    /** Writes one file, valid until the next is asked for. */
    FitsWriter of(float[] pixels, float[] variance) {
        file.clear();
        file.blocks(header.array(), header.length());
        file.data(pixels);
        file.card("XTENSION", "IMAGE", "Image extension");
        image(file, -32, Stamp.SIDE);
        extension("UNCERT").card("UTYPE", "VarianceUncertainty", "");
        file.endHeader();
        file.data(variance);
        return file;
    }

    /** The same with the point spread function. */
    FitsWriter of(float[] pixels, float[] variance, double[] psf) {
        of(pixels, variance);
        file.card("XTENSION", "IMAGE", "Image extension");
        image(file, -64, Psf.SIDE);
        extension("PSFIMAGE");
        file.endHeader();
        file.data(psf);
        return file;
    }

    private static void image(FitsWriter out, int type, int side) {
        out.card("BITPIX", type, "array data type")
                .card("NAXIS", 2, "number of array dimensions")
                .card("NAXIS1", side, "")
                .card("NAXIS2", side, "");
    }

    private FitsWriter extension(String name) {
        return file.card("PCOUNT", 0, "number of parameters")
                .card("GCOUNT", 1, "number of groups")
                .card("EXTNAME", name, "extension name");
    }
}
