package io.alertstream.server.formats;

import java.io.ByteArrayOutputStream;
import java.util.function.DoubleUnaryOperator;

/** A cutout as a greyscale picture: the image's first row is at the bottom, pixels without a value are transparent. */
public final class Picture {

    public static final int MIN_SIZE = 16;
    public static final int MAX_SIZE = 1_024;

    private static final int SAMPLE_BYTES = 2;

    private Picture() {}

    /**
     * A PNG (W3C, second edition) of the first image in a FITS file. Pixels are repeated, not interpolated, so that
     * the picture shows what was measured.
     *
     * @param size of the longer side in pixels, from {@link #MIN_SIZE} to {@link #MAX_SIZE}
     * @throws UnusableCutoutException if there is no image in it
     */
    public static byte[] png(byte[] file, Stretch stretch, int size) {
        if (size < MIN_SIZE || size > MAX_SIZE) {
            throw new IllegalArgumentException("a size from " + MIN_SIZE + " to " + MAX_SIZE + ", not " + size);
        }
        Pixels pixels = Pixels.of(file);
        double longer = Math.max(pixels.width(), pixels.height());
        int width = (int) Math.max(1, Math.round(size * (pixels.width() / longer)));
        int height = (int) Math.max(1, Math.round(size * (pixels.height() / longer)));
        double[] sorted = pixels.sorted();
        DoubleUnaryOperator shades = sorted.length == 0 ? value -> 0 : stretch.shades(sorted);
        Png png = new Png(width, height);
        for (int y = 0; y < height; y++) {
            png.row(row(pixels, (int) ((height - 1L - y) * pixels.height() / height), width, shades));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 << 10);
        png.writeTo(out);
        return out.toByteArray();
    }

    private static byte[] row(Pixels pixels, int row, int width, DoubleUnaryOperator shades) {
        byte[] samples = new byte[width * SAMPLE_BYTES];
        for (int x = 0; x < width; x++) {
            double value = pixels.at((int) ((long) x * pixels.width() / width), row);
            if (Double.isFinite(value)) {
                samples[x * SAMPLE_BYTES] = (byte) Math.round(255 * shades.applyAsDouble(value));
                samples[x * SAMPLE_BYTES + 1] = (byte) 255;
            }
        }
        return samples;
    }
}
