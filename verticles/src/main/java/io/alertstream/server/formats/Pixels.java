package io.alertstream.server.formats;

import java.util.Arrays;
import java.util.List;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.FitsException;
import nom.tam.fits.ImageHDU;
import nom.tam.util.ArrayFuncs;

/**
 * An image in memory.
 *
 * @param values row by row, the lowest first, as FITS has them; NaN where there is no value
 */
@SuppressWarnings("ArrayRecordComponent") // Read, never compared.
record Pixels(int width, int height, double[] values) {

    /**
     * The first image of a FITS file.
     *
     * @throws UnusableCutoutException if it has none, or none of two dimensions
     */
    static Pixels of(byte[] file) {
        List<BasicHDU<?>> parts = FitsParts.read(file);
        for (BasicHDU<?> part : parts) {
            try {
                int[] axes = part.getAxes();
                if (part instanceof ImageHDU image && axes != null && axes.length == 2 && axes[0] > 0 && axes[1] > 0) {
                    return of(image, axes);
                }
            } catch (FitsException e) {
                throw new UnusableCutoutException("not an image: " + e.getMessage());
            }
        }
        throw new UnusableCutoutException("expected an image of two dimensions in the FITS file, found none");
    }

    private static Pixels of(ImageHDU image, int[] axes) throws FitsException {
        double scale = image.getBScale();
        double zero = image.getBZero();
        double[] raw = (double[]) ArrayFuncs.flatten(ArrayFuncs.convertArray(image.getKernel(), double.class));
        double[] values = Arrays.stream(raw).map(value -> value * scale + zero).toArray();
        return new Pixels(axes[1], axes[0], values);
    }

    double at(int column, int row) {
        return values[row * width + column];
    }

    /** The values that are numbers, from the lowest to the highest. */
    double[] sorted() {
        return Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    }
}
