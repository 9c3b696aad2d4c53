package io.alertstream.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.PacketDigest;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestSetTest {

    @Test
    void containsOnlyWhatWasAdded() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        // Few distinct halves, so that many digests share one or hash to the same slot.
        long[] halves = random.longs(100).toArray();
        Set<PacketDigest> expected = new HashSet<>();
        DigestSet digests = new DigestSet(1_000_000);
        for (int i = 0; i < 20_000; i++) {
            PacketDigest digest = new PacketDigest(
                    halves[random.nextInt(halves.length)],
                    random.nextBoolean() ? halves[random.nextInt(halves.length)] : random.nextLong());
            assertThat(digests.contains(digest)).as("seed %d", seed).isEqualTo(expected.contains(digest));
            assertThat(digests.add(digest)).isTrue();
            expected.add(digest);
        }
        assertThat(expected).as("seed %d", seed).allMatch(digests::contains);
    }

    @Test
    void staysWithinItsBound() {
        DigestSet digests = new DigestSet(2000);
        for (int i = 1; i <= 2000; i++) {
            assertThat(digests.add(new PacketDigest(i, i))).isTrue();
        }
        assertThat(digests.add(new PacketDigest(1, 1))).as("already there").isTrue();
        assertThat(digests.add(new PacketDigest(0, 1))).isFalse();
        assertThat(digests.contains(new PacketDigest(0, 1))).isFalse();
        assertThat(digests.contains(new PacketDigest(2000, 2000))).isTrue();
    }

    @Test
    void theZeroDigestTakesNoRoom() {
        DigestSet digests = new DigestSet(1);
        for (int i = 0; i < 5; i++) {
            assertThat(digests.add(new PacketDigest(0, 0))).isTrue();
        }
        assertThat(digests.contains(new PacketDigest(0, 0))).isFalse();
        assertThat(digests.add(new PacketDigest(1, 0))).isTrue();
    }

    @Test
    void itsBoundFollowsFromMemory() {
        assertThat(DigestSet.capacity(100L << 20)).isEqualTo((1 << 22) / 4 * 3);
        assertThat(DigestSet.capacity(0)).isPositive();
        assertThat(DigestSet.capacity(Long.MAX_VALUE)).isPositive();
    }
}
