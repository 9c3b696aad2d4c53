package io.alertstream.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PacketDigestTest {

    @Test
    void packetsWithTheSameChecksumHaveDifferentDigests() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] packet = randomBytes(random, 4 + random.nextInt(2000));
            byte[] forged = Forgery.withChecksumOf(packet, randomBytes(random, 5 + random.nextInt(2000)));

            assertThat(Crc32c.of(forged)).as("seed %d, packet %d", seed, i).isEqualTo(Crc32c.of(packet));
            assertThat(PacketDigest.of(forged))
                    .as("seed %d, packet %d", seed, i)
                    .isNotEqualTo(PacketDigest.of(packet));
        }
    }

    @Test
    void equalBytesHaveEqualDigestsHoweverComputed() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] packet = randomBytes(random, random.nextInt(2000));
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(packet);

            assertThat(PacketDigest.of(Arrays.copyOf(packet, packet.length)))
                    .as("seed %d, packet %d", seed, i)
                    .isEqualTo(PacketDigest.of(packet));
            assertThat(PacketDigest.ofSha256(HexFormat.of().formatHex(sha256).getBytes(US_ASCII)))
                    .as("seed %d, packet %d", seed, i)
                    .contains(PacketDigest.of(packet));
        }
    }

    @Test
    void otherTextIsNotADigest() {
        String sha256 = "0".repeat(64);
        assertThat(PacketDigest.ofSha256(sha256.getBytes(US_ASCII))).isPresent();
        for (String other : new String[] {"", "0", sha256 + "00", sha256.substring(2), "x".repeat(64)}) {
            assertThat(PacketDigest.ofSha256(other.getBytes(US_ASCII)))
                    .as(other)
                    .isEmpty();
        }
    }

    private static byte[] randomBytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
