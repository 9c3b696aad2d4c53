package io.alertstream.avro.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class DeviatesTest {

    @Test
    void theGeneratorIsSplitMix64() {
        Deviates deviates = new Deviates(1234567);
        assertThat(deviates.bits()).isEqualTo(6457827717110365317L);
        assertThat(deviates.bits()).isEqualTo(3203168211198807973L);
    }

    @Test
    void normalDeviatesAreNormal() {
        float[] values = new float[1 << 20];
        new Deviates(7).normals(values);
        double sum = 0;
        double squares = 0;
        double fourths = 0;
        int beyondTwo = 0;
        for (float value : values) {
            double square = (double) value * value;
            sum += value;
            squares += square;
            fourths += square * square;
            beyondTwo += Math.abs(value) > 2 ? 1 : 0;
        }
        assertThat(sum / values.length).isCloseTo(0, offset(0.005));
        assertThat(squares / values.length).isCloseTo(1, offset(0.005));
        assertThat(fourths / values.length).isCloseTo(3, offset(0.05));
        assertThat((double) beyondTwo / values.length).isCloseTo(0.0455, offset(0.001));
    }

    @Test
    void uniformDeviatesFillTheirRange() {
        Deviates deviates = new Deviates(8);
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++) {
            counts[deviates.below(10)]++;
            assertThat(deviates.uniform(2, 3)).isBetween(2.0, 3.0);
        }
        for (int count : counts) {
            assertThat(count).isBetween(9_500, 10_500);
        }
    }
}
