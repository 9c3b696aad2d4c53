package io.alertstream.archive;

import java.util.Arrays;

/** Makes other bytes with the same CRC-32C, as anyone can: the checksum is linear, and four bytes solve it. */
public final class Forgery {

    private Forgery() {}

    /** The bytes with their last four changed, so that their CRC-32C is that of the model. */
    public static byte[] withChecksumOf(byte[] model, byte[] bytes) {
        int from = 8 * (bytes.length - Integer.BYTES);
        int before = Crc32c.of(bytes);
        // What flipping each of 32 bits does to the checksum, and with which flips that is reached.
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
