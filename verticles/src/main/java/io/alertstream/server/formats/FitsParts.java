package io.alertstream.server.formats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.Header;
import nom.tam.fits.header.Standard;
import nom.tam.util.FitsInputStream;

/** Reads untrusted FITS files. Sizes in headers are checked against the file before they are used. */
final class FitsParts {

    /** The survey's cutouts have three. */
    private static final int MAX_PARTS = 16;

    private static final String MAGIC = "SIMPLE  =";
    private static final int MAX_AXES = 8;

    private FitsParts() {}

    /**
     * The file's images and tables, at least one.
     *
     * @throws UnusableCutoutException if it isn't FITS, ends too early, or has too many parts
     */
    static List<BasicHDU<?>> read(byte[] file) {
        try {
            requireWhole(file);
            try (Fits fits = new Fits(new ByteArrayInputStream(file))) {
                return List.of(fits.read());
            }
        } catch (IOException | RuntimeException e) {
            throw e instanceof UnusableCutoutException unusable
                    ? unusable
                    : new UnusableCutoutException("not a FITS file: " + e.getMessage());
        }
    }

    private static void requireWhole(byte[] file) throws IOException {
        if (!new String(file, 0, Math.min(file.length, MAGIC.length()), US_ASCII).equals(MAGIC)) {
            throw new UnusableCutoutException("not a FITS file: it doesn't start with " + MAGIC);
        }
        long position = 0;
        int parts = 0;
        try (FitsInputStream in = new FitsInputStream(new ByteArrayInputStream(file))) {
            while (position < file.length) {
                if (++parts > MAX_PARTS) {
                    throw new UnusableCutoutException("expected at most " + MAX_PARTS + " parts in a FITS file");
                }
                Header header = Header.readHeader(in);
                requireAxes(header, file.length);
                position += header.getMinimumSize() + header.getDataSize();
                if (position > file.length) {
                    throw new UnusableCutoutException(
                            "expected %d bytes of FITS, found %d".formatted(position, file.length));
                }
                in.skipAllBytes(header.getDataSize());
            }
        }
    }

    /** No axis, and no product of axes, may exceed the file; the bounds also prevent overflow. */
    private static void requireAxes(Header header, int bytes) {
        int axes = header.getIntValue(Standard.NAXIS);
        long product = 1;
        for (int axis = 1; axis <= axes; axis++) {
            long length = header.getLongValue(Standard.NAXISn.n(axis));
            product *= Math.max(1, length);
            if (axes > MAX_AXES || length < 0 || length > bytes || product > bytes) {
                throw new UnusableCutoutException(
                        "expected FITS data of at most %d bytes, found an axis of %d".formatted(bytes, length));
            }
        }
        for (Standard count : List.of(Standard.PCOUNT, Standard.GCOUNT)) {
            long value = header.getLongValue(count, 1);
            if (value < 0 || value > bytes) {
                throw new UnusableCutoutException(
                        "expected FITS data of at most %d bytes, found %s %d".formatted(bytes, count.key(), value));
            }
        }
    }
}
