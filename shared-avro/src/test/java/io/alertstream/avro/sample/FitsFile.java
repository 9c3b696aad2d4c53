package io.alertstream.avro.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A strict reader of FITS images that shares no code with the writer. */
record FitsFile(List<Unit> units) {

    private static final int BLOCK = 2880;
    private static final int CARD = 80;

    /**
     * A header, its strings without quotes, and the pixels.
     *
     * @param start position of its first byte in the file
     * @param headerBytes including padding, as are dataBytes
     */
    @SuppressWarnings("ArrayRecordComponent") // Read, never compared.
    record Unit(Map<String, String> header, double[][] pixels, int start, int headerBytes, int dataBytes) {

        double number(String keyword) {
            return Double.parseDouble(header.get(keyword));
        }

        int integer(String keyword) {
            return Integer.parseInt(header.get(keyword));
        }
    }

    static FitsFile read(byte[] bytes) {
        assertThat(bytes.length % BLOCK).isZero();
        List<Unit> units = new ArrayList<>();
        int position = 0;
        while (position < bytes.length) {
            Map<String, String> header = new LinkedHashMap<>();
            int start = position;
            position = header(bytes, position, header);
            int dataStart = position;
            int columns = Integer.parseInt(header.get("NAXIS1"));
            int rows = Integer.parseInt(header.get("NAXIS2"));
            int type = Integer.parseInt(header.get("BITPIX"));
            ByteBuffer data = ByteBuffer.wrap(bytes, position, bytes.length - position);
            double[][] pixels = new double[rows][columns];
            for (double[] row : pixels) {
                for (int i = 0; i < columns; i++) {
                    row[i] = type == -32 ? data.getFloat() : data.getDouble();
                }
            }
            position = data.position();
            while (position % BLOCK != 0) {
                assertThat(bytes[position++]).as("padding of data").isZero();
            }
            units.add(new Unit(header, pixels, start, dataStart - start, position - dataStart));
        }
        return new FitsFile(units);
    }

    private static int header(byte[] bytes, int start, Map<String, String> header) {
        int position = start;
        while (true) {
            String card = new String(bytes, position, CARD, StandardCharsets.US_ASCII);
            assertThat(card).matches("[ -~]{80}");
            position += CARD;
            if (card.startsWith("END")) {
                assertThat(card.substring(3)).isBlank();
                break;
            }
            assertThat(card).matches("[A-Z0-9_-]{1,8} *= .*");
            assertThat(card.substring(8, 10)).isEqualTo("= ");
            String old = header.put(card.substring(0, 8).trim(), value(card.substring(10)));
            assertThat(old).as("duplicate keyword").isNull();
        }
        while (position % BLOCK != 0) {
            assertThat(bytes[position++]).as("padding of header").isEqualTo((byte) ' ');
        }
        return position;
    }

    private static String value(String text) {
        if (text.startsWith("'")) {
            int end = text.indexOf('\'', 1);
            assertThat(end).as("a string has at least eight characters").isGreaterThanOrEqualTo(9);
            assertThat(text.substring(end + 1)).matches(" *(/ .*)?");
            return text.substring(1, end).trim();
        }
        assertThat(text)
                .as("fixed format ends in column 30")
                .matches(" *[^ ]+( */ .*| *)")
                .matches(".{19}[^ ]( .*)?");
        return text.substring(0, 20).trim();
    }
}
