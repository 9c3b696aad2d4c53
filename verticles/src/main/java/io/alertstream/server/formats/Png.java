package io.alertstream.server.formats;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG with 8 bits of grey and 8 of alpha for each pixel. The JDK's own writer needs the module java.desktop,
 * which small runtimes omit.
 */
final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int HEADER_BYTES = 13;
    private static final byte BITS = 8;
    private static final byte GREY_AND_ALPHA = 4;
    private static final byte NO_FILTER = 0;

    private final ByteBuffer header;
    private final ByteArrayOutputStream rows = new ByteArrayOutputStream(64 << 10);

    Png(int width, int height) {
        header = ByteBuffer.allocate(HEADER_BYTES)
                .putInt(width)
                .putInt(height)
                .put(BITS)
                .put(GREY_AND_ALPHA)
                .put(new byte[3]);
    }

    /** The next row from the top: grey and opacity of each pixel. */
    void row(byte[] samples) {
        rows.write(NO_FILTER);
        rows.writeBytes(samples);
    }

    void writeTo(ByteArrayOutputStream out) {
        out.writeBytes(SIGNATURE);
        chunk(out, "IHDR", header.array());
        chunk(out, "IDAT", deflate(rows.toByteArray()));
        chunk(out, "IEND", new byte[0]);
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(type.getBytes(US_ASCII));
        crc.update(data);
        out.writeBytes(number(data.length));
        out.writeBytes(type.getBytes(US_ASCII));
        out.writeBytes(data);
        out.writeBytes(number((int) crc.getValue()));
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream deflated = new ByteArrayOutputStream(16 << 10);
            byte[] buffer = new byte[8 << 10];
            while (!deflater.finished()) {
                deflated.write(buffer, 0, deflater.deflate(buffer));
            }
            return deflated.toByteArray();
        } finally {
            deflater.end();
        }
    }
}
