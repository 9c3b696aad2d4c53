package io.alertstream.server.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class PackedCutoutTest {

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    @Test
    void gzippedCutoutsAreUnpackedAndOthersUnchanged() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            byte[] plain = new byte[random.nextInt(10_000)];
            random.nextBytes(plain);
            assertThat(PackedCutout.unpack(gzip(plain))).as("seed %d", seed).isEqualTo(plain);
        }
        for (byte[] plain : new byte[][] {{}, {0x1f}, {'S', 'I'}, {0x1f, 0x1f}}) {
            assertThat(PackedCutout.unpack(plain)).isSameAs(plain);
        }
    }

    @Test
    void aCutoutThatUnpacksToTooMuchIsRefused() throws IOException {
        byte[] bomb = gzip(new byte[PackedCutout.MAX_BYTES + 1]);
        assertThatThrownBy(() -> PackedCutout.unpack(bomb))
                .isInstanceOf(UnusableCutoutException.class)
                .hasMessageContaining(String.valueOf(PackedCutout.MAX_BYTES));
        assertThat(PackedCutout.unpack(gzip(new byte[PackedCutout.MAX_BYTES]))).hasSize(PackedCutout.MAX_BYTES);
    }

    @Test
    void aTruncatedCutoutIsRefused() throws IOException {
        byte[] packed = gzip(new byte[1000]);
        for (int length = 2; length < packed.length; length++) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatThrownBy(() -> PackedCutout.unpack(cut)).isInstanceOf(UnusableCutoutException.class);
        }
    }
}
