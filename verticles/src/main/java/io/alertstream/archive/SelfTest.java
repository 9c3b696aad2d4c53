package io.alertstream.archive;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tests a codec before it is used for alerts: compresses samples, and decompresses them with the JDK and with the codec
 * itself.
 */
final class SelfTest {

    private static final Logger log = LoggerFactory.getLogger(SelfTest.class);

    private SelfTest() {}

    /** The codec, if it can be loaded and reproduces the samples. */
    static Optional<GzipCodec> passes(String name, Supplier<GzipCodec> loader) {
        try {
            GzipCodec codec = loader.get();
            for (byte[] sample : samples()) {
                byte[] gzip = codec.gzip(sample);
                if (!Arrays.equals(sample, Gunzip.bytes(gzip, sample.length))
                        || !Arrays.equals(sample, codec.gunzip(gzip, sample.length))) {
                    throw new IllegalStateException("a sample of " + sample.length + " bytes came back changed");
                }
            }
            return Optional.of(codec);
        } catch (RuntimeException | LinkageError e) {
            log.atInfo().log("{} unavailable, java.util.zip compresses instead: {}", name, e.toString());
            return Optional.empty();
        }
    }

    /** No bytes, one byte, repeated bytes, and incompressible noise. */
    private static List<byte[]> samples() {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        byte[] text = new byte[100_000];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (i % 251 * (i % 7));
        }
        return List.of(new byte[0], new byte[] {42}, new byte[1_000_000], text, noise);
    }
}
