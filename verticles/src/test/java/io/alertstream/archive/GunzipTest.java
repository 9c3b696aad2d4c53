package io.alertstream.archive;

import static io.alertstream.archive.GzipCodecTest.mixed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GunzipTest {

    private static final GzipCodec CODEC = GzipCodec.fastest();

    @Test
    void unpacksWhateverAnyonePacked() throws IOException {
        for (int size : new int[] {0, 1, 5, 1000, 139_056, 10 << 20}) {
            assertThat(Gunzip.bytes(jdkGzip(mixed(size)), size)).isEqualTo(mixed(size));
        }
        byte[] named = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, (byte) 0xff, 'a', 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        assertThat(Gunzip.bytes(named, 10)).isEmpty();
    }

    @Test
    void unpacksSeveralMembers() {
        for (byte[] next : List.of(new byte[] {7}, new byte[] {8}, new byte[0], new byte[] {8, 9})) {
            byte[] first = CODEC.gzip(new byte[] {7});
            assertThat(Gunzip.bytes(joined(first, CODEC.gzip(next)), 10)).isEqualTo(joined(new byte[] {7}, next));
        }
    }

    @Test
    void unpacksNoMoreThanItsBound() {
        byte[] bomb = CODEC.gzip(new byte[10 << 20]);
        assertThat(Gunzip.bytes(bomb, 10 << 20)).hasSize(10 << 20);
        assertThatThrownBy(() -> Gunzip.bytes(bomb, (10 << 20) - 1))
                .isInstanceOf(DamagedObjectException.class)
                .hasMessageContaining("at most 10485759 bytes");
        // The trailer lies.
        bomb[bomb.length - 2] = 0;
        assertThatThrownBy(() -> Gunzip.bytes(bomb, 1000)).isInstanceOf(DamagedObjectException.class);
    }

    @Test
    void refusesWhatIsNotWhole() {
        byte[] gzip = CODEC.gzip(mixed(1000));
        for (int length = 0; length < gzip.length; length++) {
            byte[] cut = Arrays.copyOf(gzip, length);
            assertThatThrownBy(() -> Gunzip.bytes(cut, 1000)).isInstanceOf(DamagedObjectException.class);
        }
        // Behind the header, of which a reader doesn't believe everything.
        for (int bit = 8 * 10; bit < 8 * gzip.length; bit++) {
            byte[] damaged = gzip.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(comesOutWrong(damaged)).as("bit %d", bit).isFalse();
        }
    }

    /** Whether other bytes come out; a bit that pads the last byte of a deflate stream may be anything. */
    private static boolean comesOutWrong(byte[] gzip) {
        try {
            return !Arrays.equals(Gunzip.bytes(gzip, 1000), mixed(1000));
        } catch (DamagedObjectException e) {
            return false;
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] jdkGzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(bytes);
        }
        return gzip.toByteArray();
    }
}
