package io.alertstream.archive;

import java.util.Arrays;

/** Forges bytes with a given CRC-32C. Anyone can: the checksum is linear, so four free bytes are enough. */
public final class Forgery {

    private Forgery() {}

    /** Returns the bytes with the last four changed so that their CRC-32C equals the model's. */
    public static byte[] withChecksumOf(byte[] model, byte[] bytes) {
        int from = 8 * (bytes.length - Integer.BYTES);
        int before = Crc32c.of(bytes);
        // A basis of the effects that flipping the 32 bits has on the checksum, and the flips for each.
        int[] effects = new int[Integer.SIZE];
        int[] flips = new int[Integer.SIZE];
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            int effect = Crc32c.of(flipped(bytes, from, 1 << bit)) ^ before;
            int flip = 1 << bit;
            for (int lead = Integer.SIZE - 1; lead >= 0; lead--) {
                if ((effect >>> lead & 1) == 1) {
                    if (effects[lead] == 0) {
                        effects[lead] = effect;
                        flips[lead] = flip;
                        break;
                    }
                    effect ^= effects[lead];
                    flip ^= flips[lead];
                }
            }
        }
        int missing = Crc32c.of(model) ^ before;
        int solution = 0;
        for (int lead = Integer.SIZE - 1; lead >= 0; lead--) {
            if ((missing >>> lead & 1) == 1) {
                missing ^= effects[lead];
                solution ^= flips[lead];
            }
        }
        return flipped(bytes, from, solution);
    }

    private static byte[] flipped(byte[] bytes, int from, int flips) {
        byte[] flipped = Arrays.copyOf(bytes, bytes.length);
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            if ((flips >>> bit & 1) == 1) {
                flipped[(from + bit) / 8] ^= (byte) (1 << (from + bit) % 8);
            }
        }
        return flipped;
    }
}
