package io.alertstream.storage;

import io.alertstream.storage.StoreException.Remedy;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Reads an object piece by piece, so that memory is limited to one piece and nothing stays open between two of them,
 * and verifies the whole against the store's checksum. For one thread at a time.
 */
final class ObjectPieces {

    /** A compromise between the number of requests for a large object and the memory per reader. */
    static final int PIECE_BYTES = 4 << 20;

    private final BlockingStore store;
    private final ObjectInfo object;
    private final CRC32C crc = new CRC32C();
    private long position;

    ObjectPieces(BlockingStore store, ObjectInfo object) {
        this.store = store;
        this.object = object;
    }

    long size() {
        return object.size();
    }

    /** The next piece; empty at the end of a complete object. */
    Optional<byte[]> next() {
        if (position == object.size()) {
            verify();
            return Optional.empty();
        }
        int length = (int) Math.min(PIECE_BYTES, object.size() - position);
        byte[] piece = store.read(object.name(), position, length).orElseThrow(() -> damaged("is gone"));
        if (piece.length != length) {
            throw damaged("ends after " + (position + piece.length) + " of " + object.size() + " bytes");
        }
        crc.update(piece, 0, length);
        position += length;
        return Optional.of(piece);
    }

    /** The CRC-32C of what was read. */
    int crc32c() {
        return (int) crc.getValue();
    }

    private void verify() {
        if (object.crc32c().isPresent() && object.crc32c().getAsInt() != crc32c()) {
            throw damaged("arrived damaged: expected CRC-32C %08x, got %08x"
                    .formatted(object.crc32c().getAsInt(), crc32c()));
        }
    }

    private StoreException damaged(String how) {
        return new StoreException(Remedy.RETRY, store + ": " + object.name() + " " + how, null);
    }
}
