package io.alertstream.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GzipCodecTest {

    static Stream<GzipCodec> codecs() {
        return Stream.of(GzipCodec.fastest(), GzipCodec.jdk());
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void writesGzipThatTheJdkReads(GzipCodec codec) throws IOException {
        for (int size : new int[] {0, 1, 2, 4, 5, 1000, 82_000, 139_056, 10 << 20}) {
            for (byte[] bytes : List.of(new byte[size], noise(size, size), mixed(size))) {
                assertThat(jdkGunzip(codec.gzip(bytes))).isEqualTo(bytes);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void writesGzipThatTheGzipProgramReads(GzipCodec codec, @TempDir Path dir) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/gzip")) || Files.isExecutable(Path.of("/bin/gzip")), "no gzip");
        byte[] bytes = mixed(100_000);
        Path file = Files.write(dir.resolve("alert.avro.gz"), codec.gzip(bytes));

        Process gzip = new ProcessBuilder("gzip", "-dc", file.toString()).start();

        assertThat(gzip.getInputStream().readAllBytes()).isEqualTo(bytes);
        assertThat(gzip.waitFor()).isZero();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void manyThreadsShareACodec(GzipCodec codec) throws Exception {
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            byte[] bytes = mixed(50_000 + i);
            tasks.add(() -> Arrays.equals(jdkGunzip(codec.gzip(bytes)), bytes));
        }
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Boolean> same : threads.invokeAll(tasks)) {
                assertThat(same.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void isaLIsUsedWhereAvailable() {
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "not Linux on x86-64");
        assertThat(GzipCodec.fastest().name()).isEqualTo("ISA-L");
    }

    @Test
    void fallsBackIfTheNativeLibraryCannotBeUnpacked(@TempDir Path dir) throws Exception {
        // In a separate process: this one has already loaded the library and can't unload it.
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + dir.resolve("missing"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CodecName.class.getName())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(java.getInputStream().readAllBytes(), UTF_8))
                .endsWith("codec: java.util.zip" + System.lineSeparator());
        assertThat(java.waitFor()).isZero();
    }

    /** Compresses and decompresses a sample, and prints the codec's name. */
    static final class CodecName {

        private CodecName() {}

        public static void main(String[] args) {
            GzipCodec codec = GzipCodec.fastest();
            byte[] back = codec.gunzip(codec.gzip(mixed(100_000)), 100_000);
            System.out.println("codec: " + (Arrays.equals(back, mixed(100_000)) ? codec.name() : "broken"));
        }
    }

    @Test
    void fallsBackIfTheSelfTestFails() {
        GzipCodec codec = GzipCodec.orJdk(
                "wrong",
                () -> jdkBut(() -> new Deflater(1, true) {
                    @Override
                    public void setInput(byte[] input, int offset, int length) {
                        super.setInput(new byte[length], 0, length);
                    }
                }));
        assertThat(codec.name()).isEqualTo("java.util.zip");
    }

    @Test
    void fallsBackIfTheOutputDoesNotFit() {
        GzipCodec codec = GzipCodec.orJdk(
                "short",
                () -> jdkBut(() -> new Deflater(1, true) {
                    @Override
                    public int deflate(byte[] output, int offset, int length) {
                        return super.deflate(output, offset, Math.min(length, 100));
                    }
                }));
        assertThat(codec.name()).isEqualTo("java.util.zip");
    }

    private static GzipCodec.Deflate jdkBut(Supplier<Deflater> deflaters) {
        return new GzipCodec.Deflate(deflaters, () -> new Inflater(true));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void unpacksGzipOfOtherPrograms(GzipCodec codec) throws IOException {
        for (int size : new int[] {0, 1, 5, 1000, 139_056, 10 << 20}) {
            assertThat(codec.gunzip(jdkGzip(mixed(size)), size)).isEqualTo(mixed(size));
        }
        byte[] named = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, (byte) 0xff, 'a', 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        assertThat(codec.gunzip(named, 10)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void unpacksSeveralMembers(GzipCodec codec) {
        for (byte[] next : List.of(new byte[] {7}, new byte[] {8}, new byte[0], new byte[] {8, 9})) {
            byte[] first = codec.gzip(new byte[] {7});
            assertThat(codec.gunzip(joined(first, codec.gzip(next)), 10)).isEqualTo(joined(new byte[] {7}, next));
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void unpacksNoMoreThanItsBound(GzipCodec codec) {
        byte[] bomb = GzipCodec.jdk().gzip(new byte[10 << 20]);
        assertThat(codec.gunzip(bomb, 10 << 20)).hasSize(10 << 20);
        assertThatThrownBy(() -> codec.gunzip(bomb, (10 << 20) - 1))
                .isInstanceOf(DamagedObjectException.class)
                .hasMessageContaining("at most 10485759 bytes");
        // The trailer now claims a size of 0.
        bomb[bomb.length - 2] = 0;
        assertThatThrownBy(() -> codec.gunzip(bomb, 1000)).isInstanceOf(DamagedObjectException.class);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void refusesTruncatedGzip(GzipCodec codec) {
        byte[] gzip = codec.gzip(mixed(1000));
        for (int length = 0; length < gzip.length; length++) {
            byte[] cut = Arrays.copyOf(gzip, length);
            assertThatThrownBy(() -> codec.gunzip(cut, 1000))
                    .isInstanceOf(DamagedObjectException.class)
                    .hasMessageContaining(length + " bytes")
                    .hasMessageNotContaining("null");
        }
        // After the header, of which readers ignore some bits.
        for (int bit = 8 * 10; bit < 8 * gzip.length; bit++) {
            byte[] damaged = gzip.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(comesOutWrong(codec, damaged)).as("bit %d", bit).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void refusesBytesAfterTheLastMember(GzipCodec codec) {
        byte[] gzip = codec.gzip(mixed(1000));
        byte[] trailer = Arrays.copyOfRange(gzip, gzip.length - 8, gzip.length);
        byte[] cutMember = Arrays.copyOf(gzip, gzip.length - 1);
        // A shorter object written over a longer one of the same packet ends in the same trailer.
        byte[] overwritten = joined(noise(50, 3), trailer);
        for (byte[] garbage :
                List.of(new byte[1], noise(7, 1), noise(500, 2), trailer, overwritten, cutMember, new byte[512])) {
            assertThatThrownBy(() -> codec.gunzip(joined(gzip, garbage), 1 << 20))
                    .as("%d bytes", garbage.length)
                    .isInstanceOf(DamagedObjectException.class);
        }
    }

    /** Whether different bytes come out. The padding bits at the end of a deflate stream may have any value. */
    private static boolean comesOutWrong(GzipCodec codec, byte[] gzip) {
        try {
            return !Arrays.equals(codec.gunzip(gzip, 1000), mixed(1000));
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

    private static byte[] jdkGunzip(byte[] gzip) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] noise(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Half noise, half constant: compresses about as well as a packet. */
    private static byte[] mixed(int size) {
        byte[] bytes = noise(size, 5);
        Arrays.fill(bytes, size / 2, size, (byte) 1);
        return bytes;
    }
}
