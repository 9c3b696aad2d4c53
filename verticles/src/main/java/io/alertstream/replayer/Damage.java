package io.alertstream.replayer;

import io.alertstream.avro.AlertDecoder;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.WireFormat;
import io.alertstream.journal.FaultKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Makes packets that no consumer can accept. */
final class Damage {

    /** Range in which bits are flipped: beyond it are the cutouts' pixels, where a flip would go unnoticed. */
    private static final int RECORD_BYTES = 2000;

    private static final int TRIES = 64;

    /** Ids above any that a registry assigns. */
    private static final int UNKNOWN_IDS = 2_000_000_000;

    private static final int HOW_MANY = 100_000_000;

    private Damage() {}

    /**
     * Makes a broken copy.
     *
     * @param kind a fault that breaks alerts
     * @param decoder of the packet's schema
     */
    static byte[] of(FaultKind kind, byte[] packet, AlertDecoder decoder, SplittableRandom random) {
        return switch (kind) {
            case EMPTY -> new byte[0];
            case CUT_SHORT -> Arrays.copyOf(packet, random.nextInt(WireFormat.HEADER_BYTES, packet.length));
            case UNKNOWN_SCHEMA -> withSchema(UNKNOWN_IDS + random.nextInt(HOW_MANY), packet);
            case BIT_FLIPPED -> flipped(packet, decoder, random);
            default -> throw new IllegalArgumentException("not a fault that breaks an alert: " + kind);
        };
    }

    private static byte[] withSchema(int schemaId, byte[] packet) {
        byte[] copy = packet.clone();
        ByteBuffer.wrap(copy).putInt(1, schemaId);
        return copy;
    }

    /**
     * A copy with one bit flipped so that it isn't an alert of its schema. Most flips leave a valid alert, so several
     * are tried.
     */
    private static byte[] flipped(byte[] packet, AlertDecoder decoder, SplittableRandom random) {
        byte[] copy = packet.clone();
        for (int i = 0; i < TRIES; i++) {
            int place = random.nextInt(WireFormat.HEADER_BYTES, Math.min(copy.length, RECORD_BYTES));
            byte bit = (byte) (1 << random.nextInt(Byte.SIZE));
            copy[place] ^= bit;
            try {
                decoder.check(copy);
            } catch (NotAnAlertException e) {
                return copy;
            }
            copy[place] ^= bit;
        }
        copy[0] ^= 1;
        return copy;
    }
}
