package io.alertstream.avro;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The blocks of a container, decompressed one at a time. Every length is checked against the file's size before memory
 * is allocated for it.
 */
final class ContainerBlocks implements AutoCloseable {

    private static final int BUFFER_BYTES = 256 << 10;
    private static final int MAX_NUMBER_BYTES = 10;

    private final InputStream in;
    private final ContainerHeader header;
    private final long length;
    private final Block packed = new Block();
    private final Block buffer = new Block();

    private long position;
    private long start;
    private long count;
    private Block unpacked = buffer;

    ContainerBlocks(Path file, ContainerHeader header) throws IOException {
        this.header = header;
        FileChannel channel = FileChannel.open(file);
        length = channel.size();
        channel.position(header.length());
        in = new BufferedInputStream(Channels.newInputStream(channel), BUFFER_BYTES);
        position = header.length();
    }

    /**
     * Reads the next block.
     *
     * @return false at the end of the file
     * @throws IOException if the file is truncated or the next block is invalid
     */
    boolean next() throws IOException {
        if (position == length) {
            return false;
        }
        start = position;
        count = readLong();
        long size = readLong();
        if (count < 0 || size < 0) {
            throw new IOException("expected a count and a size, got %d and %d".formatted(count, size));
        }
        if (size > length - position - ContainerHeader.SYNC_BYTES) {
            throw new EOFException("the file is truncated: expected a block of %d bytes at byte %d, the file has %d"
                    .formatted(size, position, length));
        }
        if (size > Block.MAX_BYTES) {
            throw new IOException(
                    "expected a block of at most %d bytes, this one has %d".formatted(Block.MAX_BYTES, size));
        }
        packed.length((int) size);
        read(packed.bytes(), 0, packed.length());
        byte[] sync = new byte[ContainerHeader.SYNC_BYTES];
        read(sync, 0, sync.length);
        if (!Arrays.equals(sync, header.sync())) {
            throw new IOException("expected the file's sync marker at byte %d, found something else"
                    .formatted(position - sync.length));
        }
        unpacked = header.codec().unpack(packed, buffer);
        return true;
    }

    /** Byte offset of the block in the file. */
    long start() {
        return start;
    }

    /** The number of values that the block claims to hold. */
    long count() {
        return count;
    }

    /** The block's bytes, valid until the next block is read. */
    Block block() {
        return unpacked;
    }

    private long readLong() throws IOException {
        byte[] number = new byte[MAX_NUMBER_BYTES];
        int read = 0;
        do {
            if (read == MAX_NUMBER_BYTES) {
                throw new IOException("expected a number of at most 10 bytes before byte %d".formatted(position));
            }
            read(number, read, 1);
        } while (number[read++] < 0);
        return new AvroCursor(number, 0, read).readLong();
    }

    private void read(byte[] target, int offset, int count) throws IOException {
        if (in.readNBytes(target, offset, count) < count) {
            throw new EOFException("the file is truncated: expected %d bytes at byte %d".formatted(count, position));
        }
        position += count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
