package io.alertstream.server.formats;

import io.alertstream.avro.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * An uncompressed Avro object container file with one block for each alert: the packets' Avro binary is copied as it
 * is. The sync marker is derived from the first packet, so that the same input gives the same bytes.
 */
public final class AvroContainer {

    private static final int MARKER_BYTES = 16;
    /** Two numbers of at most ten bytes each. */
    private static final int BLOCK_HEADER_BYTES = 20;

    private final Schema schema;
    private final byte[] marker;

    /**
     * A file of alerts in a schema.
     *
     * @param first its first packet, from which the sync marker is derived
     */
    public AvroContainer(Schema schema, byte[] first) {
        this.schema = schema;
        this.marker = Arrays.copyOf(sha256(first), MARKER_BYTES);
    }

    /** A file of one alert. */
    public static byte[] of(Schema schema, byte[] packet) {
        AvroContainer container = new AvroContainer(schema, packet);
        ByteArrayOutputStream file = new ByteArrayOutputStream(packet.length + (64 << 10));
        file.writeBytes(container.header());
        file.writeBytes(container.block(packet));
        return file.toByteArray();
    }

    /** The header of the file. */
    public byte[] header() {
        ByteArrayOutputStream header = new ByteArrayOutputStream(64 << 10);
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, header, marker);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return header.toByteArray();
    }

    /** The block for one alert, given in wire format. */
    public byte[] block(byte[] packet) {
        int length = packet.length - WireFormat.HEADER_BYTES;
        ByteArrayOutputStream block = new ByteArrayOutputStream(BLOCK_HEADER_BYTES + length + MARKER_BYTES);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(block, null);
        try {
            encoder.writeLong(1);
            encoder.writeLong(length);
            encoder.writeFixed(packet, WireFormat.HEADER_BYTES, length);
            encoder.writeFixed(marker);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return block.toByteArray();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has it", e);
        }
    }
}
