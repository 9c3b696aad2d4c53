package io.alertstream.avro;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.xerial.snappy.Snappy;

/**
 * How the blocks of a container are compressed. Avro's own codecs don't limit the output, and a kilobyte can expand to
 * a gigabyte.
 */
enum Codec {
    NULL {
        @Override
        Block unpack(Block packed, Block unpacked) {
            return packed;
        }
    },
    DEFLATE {
        @Override
        Block unpack(Block packed, Block unpacked) throws IOException {
            Inflater inflater = new Inflater(true);
            try {
                inflater.setInput(packed.bytes(), 0, packed.length());
                unpacked.fill((target, offset, length) -> {
                    try {
                        return inflater.inflate(target, offset, length);
                    } catch (DataFormatException e) {
                        throw new IOException("not in deflate format: " + e.getMessage(), e);
                    }
                });
                if (!inflater.finished()) {
                    throw new IOException("the deflated data is truncated");
                }
            } finally {
                inflater.end();
            }
            return unpacked;
        }
    },
    /** The compressed bytes are followed by the CRC-32 of the uncompressed ones. */
    SNAPPY {
        @Override
        Block unpack(Block packed, Block unpacked) throws IOException {
            int length = packed.length() - Integer.BYTES;
            if (length < 0) {
                throw new IOException("expected a checksum after the data, got %d bytes".formatted(packed.length()));
            }
            unpacked.length(Snappy.uncompressedLength(packed.bytes(), 0, length));
            Snappy.uncompress(packed.bytes(), 0, length, unpacked.bytes(), 0);
            CRC32 crc = new CRC32();
            crc.update(unpacked.bytes(), 0, unpacked.length());
            if ((int) crc.getValue() != ByteBuffer.wrap(packed.bytes()).getInt(length)) {
                throw new IOException("the checksum doesn't match the data");
            }
            return unpacked;
        }
    },
    ZSTANDARD {
        @Override
        Block unpack(Block packed, Block unpacked) throws IOException {
            try (InputStream in =
                    new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed.bytes(), 0, packed.length()))) {
                unpacked.fill(in::read);
            }
            return unpacked;
        }
    };

    /**
     * Decompresses a block; returns one of the two given.
     *
     * @throws IOException if it can't be decompressed, or exceeds {@link Block#MAX_BYTES}
     */
    abstract Block unpack(Block packed, Block unpacked) throws IOException;

    static Optional<Codec> named(String name) {
        return Stream.of(values())
                .filter(codec -> codec.toString().equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(Codec::toString).collect(Collectors.joining(", "));
    }

    /** The name in a container's header. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
