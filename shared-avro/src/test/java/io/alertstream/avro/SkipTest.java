package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkipTest {

    private static final int SEED = 20261122;

    @Test
    void endsAtTheEndOfTheValue() {
        Skip skip = Skip.of(Avro.EVERYTHING);
        for (Object datum : new RandomData(Avro.EVERYTHING, 200, SEED)) {
            assertThat(end(skip, Avro.encode(Avro.EVERYTHING, datum))).isZero();
            assertThat(end(skip, Avro.encodeInBlocks(Avro.EVERYTHING, datum))).isZero();
        }
    }

    @Test
    void endsAtTheEndOfARealAlert() {
        Schema schema = SchemaCatalog.bundled().latest().schema();
        Skip skip = Skip.of(schema);
        for (Object datum : new RandomData(schema, 20, SEED)) {
            assertThat(end(skip, Avro.encode(schema, datum))).isZero();
        }
    }

    @Test
    void neverReadsPastTheGivenEnd() {
        Skip skip = Skip.of(Avro.EVERYTHING);
        for (Object datum : new RandomData(Avro.EVERYTHING, 20, SEED)) {
            byte[] whole = Avro.encode(Avro.EVERYTHING, datum);
            for (int cut = 0; cut < whole.length; cut++) {
                AvroCursor in = new AvroCursor(whole, 0, cut);
                assertThatThrownBy(() -> skip.over(in)).isInstanceOf(NotAnAlertException.class);
                assertThat(in.position()).isLessThanOrEqualTo(cut);
            }
        }
    }

    @Test
    void brokenBytesCauseNothingButARefusal() {
        Skip skip = Skip.of(Avro.EVERYTHING);
        Random random = new Random(SEED);
        for (Object datum : new RandomData(Avro.EVERYTHING, 200, SEED)) {
            byte[] whole = Avro.encode(Avro.EVERYTHING, datum);
            for (int i = 0; i < 200; i++) {
                byte[] broken = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
                for (int changes = random.nextInt(4); changes >= 0; changes--) {
                    broken[random.nextInt(broken.length)] = (byte) random.nextInt();
                }
                try {
                    assertThat(end(skip, broken)).isNotNegative();
                } catch (NotAnAlertException e) {
                    assertThat(e).hasMessageContaining("expected");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1})
    void aNegativeOrTooLargeLengthIsRefused(long length) {
        refuses("\"bytes\"", Avro.number(length), "expected");
        refuses("\"string\"", Avro.number(length), "expected");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 2, Long.MAX_VALUE, Long.MIN_VALUE})
    void anIndexOutOfRangeIsRefused(long index) {
        refuses("[\"null\", \"int\"]", Avro.number(index), "expected an index below 2 at byte 0, got " + index);
        refuses(
                "{\"type\": \"enum\", \"name\": \"e\", \"symbols\": [\"a\", \"b\"]}",
                Avro.number(index),
                "expected an index below 2 at byte 0, got " + index);
    }

    @Test
    void anIntOutOfRangeAndAnEndlessNumberAreRefused() {
        refuses("\"int\"", Avro.number(1L << 31), "expected an int at byte 0, got 2147483648");
        byte[] endless = new byte[11];
        Arrays.fill(endless, (byte) 0x80);
        refuses("\"long\"", endless, "at most 10 bytes");
    }

    @Test
    void anArrayOfMoreItemsThanBytesIsRefused() {
        refuses("{\"type\": \"array\", \"items\": \"long\"}", Avro.number(Long.MAX_VALUE), "found 0");
        refuses("{\"type\": \"map\", \"values\": \"null\"}", Avro.number(Long.MAX_VALUE), "found 0");
        refuses("{\"type\": \"array\", \"items\": \"long\"}", Avro.number(Long.MIN_VALUE), "negative size");
        refuses(
                "{\"type\": \"array\", \"items\": \"long\"}",
                Avro.join(Avro.number(-1), Avro.number(-1), Avro.number(5), Avro.number(0)),
                "negative size");
    }

    @Test
    void manyItemsWithoutContentAreRefused() {
        String nulls = "{\"type\": \"array\", \"items\": \"null\"}";
        Skip skip = Skip.of(new Schema.Parser().parse(nulls));
        assertThatCode(() -> end(skip, Avro.join(Avro.number(1000), Avro.number(0))))
                .doesNotThrowAnyException();
        refuses(nulls, Avro.join(Avro.number(Long.MAX_VALUE), Avro.number(0)), "without content");
        refuses(nulls, Avro.join(Avro.number(1 << 20), Avro.number(1), Avro.number(0)), "without content");
    }

    @Test
    void aBlocksSizeIsNotTrusted() {
        // Announces 3 bytes but has 1: decoders read the item and continue after it, and so must the skip.
        byte[] bytes = Avro.join(Avro.number(-1), Avro.number(3), Avro.number(5), Avro.number(0), Avro.number(7));
        AvroCursor in = new AvroCursor(bytes, 0, bytes.length);
        Skip.of(new Schema.Parser().parse("{\"type\": \"array\", \"items\": \"long\"}"))
                .over(in);
        assertThat(in.readLong()).isEqualTo(7);
    }

    @Test
    void endlesslyNestedRecordsAreRefused() {
        String list =
                "{\"type\": \"record\", \"name\": \"r\", \"fields\": [{\"name\": \"next\", \"type\": [\"null\", \"r\"]}]}";
        byte[] deep = new byte[1_000_000];
        Arrays.fill(deep, (byte) 2);
        refuses(list, deep, "nested at most");
        refuses(
                "{\"type\": \"record\", \"name\": \"r\", \"fields\": [{\"name\": \"r\", \"type\": \"r\"}]}",
                deep,
                "nested");
    }

    private static void refuses(String schema, byte[] bytes, String message) {
        Skip skip = Skip.of(new Schema.Parser().parse(schema));
        assertThatThrownBy(() -> end(skip, bytes))
                .isInstanceOf(NotAnAlertException.class)
                .hasMessageContaining(message);
    }

    /** The number of bytes left after the value. */
    private static int end(Skip skip, byte[] bytes) {
        AvroCursor in = new AvroCursor(bytes, 0, bytes.length);
        skip.over(in);
        return in.remaining();
    }
}
