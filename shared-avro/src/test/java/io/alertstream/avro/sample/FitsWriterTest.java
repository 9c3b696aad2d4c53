package io.alertstream.avro.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FitsWriterTest {

    private final FitsWriter writer = new FitsWriter(2 * FitsWriter.BLOCK);

    @Test
    void cardsHaveTheFixedFormat() {
        writer.card("SIMPLE", true, "yes")
                .card("NAXIS", -12, "")
                .card("EXTNAME", "PSF", "name")
                .card("UTYPE", "VarianceUncertainty", "long");
        assertThat(card(0)).isEqualTo("SIMPLE  =                    T / yes" + " ".repeat(44));
        assertThat(card(1)).isEqualTo("NAXIS   =                  -12" + " ".repeat(50));
        assertThat(card(2)).isEqualTo("EXTNAME = 'PSF     '           / name" + " ".repeat(43));
        assertThat(card(3)).isEqualTo("UTYPE   = 'VarianceUncertainty' / long" + " ".repeat(42));
    }

    @Test
    void numbersAreRoundedToTheirLastDigit() {
        writer.card("A", 12.3456, 3, 0, "")
                .card("B", -0.0006, 3, 0, "")
                .card("C", -4.8390638e-5, 6, -5, "")
                .card("D", 359.999999999999, 12, 0, "")
                .card("E", 0, 1, 0, "");
        assertThat(card(0).substring(10, 30).trim()).isEqualTo("12.346");
        assertThat(card(1).substring(10, 30).trim()).isEqualTo("-0.001");
        assertThat(card(2).substring(10, 30).trim()).isEqualTo("-4.839064E-05");
        assertThat(card(3).substring(10, 30).trim()).isEqualTo("359.999999999999");
        assertThat(card(4).substring(10, 30).trim()).isEqualTo("0.0");
    }

    @Test
    void headersAndDataFillBlocks() {
        writer.endHeader();
        assertThat(writer.length()).isEqualTo(2880);
        assertThat(card(0)).isEqualTo("END" + " ".repeat(77));
        writer.data(new float[] {1});
        assertThat(writer.length()).isEqualTo(2 * 2880);
        assertThat(writer.array()[2880]).isEqualTo((byte) 0x3f);
        assertThat(writer.array()[2884]).isZero();
    }

    private String card(int index) {
        return new String(writer.array(), 80 * index, 80, StandardCharsets.US_ASCII);
    }
}
