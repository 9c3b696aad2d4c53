package io.alertstream.server.formats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.FitsException;
import nom.tam.fits.utilities.FitsCheckSum;
import nom.tam.util.FitsOutputStream;

/**
 * Writes parts of FITS files with their checksums (FITS 4.0, section 4.4.2.7). The library writes the current time
 * into comments, which would change the bytes with every download; here the same part always gives the same bytes.
 */
final class FitsSums {

    private static final int BLOCK = 2_880;
    private static final int CARD = 80;
    private static final String END = "END" + " ".repeat(CARD - 3);

    private static final String SIMPLE =
            "%-80s".formatted("SIMPLE  =                    T / conforms to the FITS standard");

    /** Offset of the checksum's value in its card. */
    private static final int VALUE = 11;

    private FitsSums() {}

    /** The file of these parts. */
    static byte[] write(List<BasicHDU<?>> parts) throws FitsException {
        ByteArrayOutputStream file = new ByteArrayOutputStream(256 << 10);
        ByteArrayOutputStream part = new ByteArrayOutputStream(64 << 10);
        // One stream for all parts: the library writes the first one as a primary header.
        try (FitsOutputStream out = new FitsOutputStream(part)) {
            for (BasicHDU<?> next : parts) {
                next.getHeader().deleteKey("CHECKSUM");
                next.getHeader().deleteKey("DATASUM");
                next.write(out);
                out.flush();
                file.writeBytes(withSums(part.toByteArray()));
                part.reset();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return file.toByteArray();
    }

    private static byte[] withSums(byte[] part) {
        int end = endCard(part);
        byte[] data = Arrays.copyOfRange(part, padded(end + CARD), part.length);
        String dataSum = "DATASUM = '%-8s'".formatted(FitsCheckSum.checksum(data));
        String noSum = "CHECKSUM= '%s'".formatted("0".repeat(16));
        int checksum = end + CARD;
        byte[] whole = new byte[padded(end + 3 * CARD) + data.length];
        Arrays.fill(whole, 0, whole.length - data.length, (byte) ' ');
        System.arraycopy(part, 0, whole, 0, end);
        if (whole[0] == 'S') {
            put(whole, 0, SIMPLE); // The library's card has the time in its comment.
        }
        put(whole, end, "%-31s/ checksum of the data".formatted(dataSum));
        put(whole, checksum, "%-31s/ checksum of header and data".formatted(noSum));
        put(whole, checksum + CARD, END);
        System.arraycopy(data, 0, whole, whole.length - data.length, data.length);
        put(whole, checksum + VALUE, FitsCheckSum.encode(FitsCheckSum.checksum(whole), true));
        return whole;
    }

    private static int endCard(byte[] part) {
        byte[] end = END.getBytes(US_ASCII);
        int at = 0;
        while (!Arrays.equals(part, at, at + CARD, end, 0, CARD)) {
            at += CARD;
        }
        return at;
    }

    private static void put(byte[] header, int at, String text) {
        System.arraycopy(text.getBytes(US_ASCII), 0, header, at, text.length());
    }

    private static int padded(int bytes) {
        return (bytes + BLOCK - 1) / BLOCK * BLOCK;
    }
}
