package io.alertstream.avro;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;

/**
 * Decodes whole packets. Checks each packet before decoding it, so that a false length can't make Avro allocate memory.
 * Create one per schema; thread-safe.
 */
public final class AlertDecoder {

    private final Schema schema;
    private final Skip whole;

    private AlertDecoder(Schema schema) {
        this.schema = schema;
        this.whole = Skip.of(schema);
    }

    /**
     * A decoder for a schema.
     *
     * @param writer the schema that the packets were written with
     * @throws NotAnAlertException if it isn't the schema of a record
     */
    public static AlertDecoder of(Schema writer) {
        if (writer.getType() != Schema.Type.RECORD) {
            throw new NotAnAlertException("expected the schema of a record, got one of %s"
                    .formatted(writer.getType().getName()));
        }
        return new AlertDecoder(writer);
    }

    /** The schema that the packets were written with. */
    public Schema schema() {
        return schema;
    }

    /**
     * Checks, without decoding it, that a packet is one alert of the schema and nothing else.
     *
     * @throws NotAnAlertException if it isn't
     */
    public void check(byte[] packet) {
        AvroCursor in = new AvroCursor(packet, Math.min(packet.length, WireFormat.HEADER_BYTES), packet.length);
        whole.over(in);
        if (in.remaining() > 0) {
            throw new NotAnAlertException("expected the alert to end at byte %d, found %d bytes after it"
                    .formatted(in.position(), in.remaining()));
        }
    }

    /**
     * The alert in a packet.
     *
     * @throws NotAnAlertException if the packet isn't one alert of the schema
     */
    public GenericRecord decode(byte[] packet) {
        check(packet);
        int length = packet.length - WireFormat.HEADER_BYTES;
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(packet, WireFormat.HEADER_BYTES, length, null));
        } catch (AvroRuntimeException e) {
            throw new NotAnAlertException(
                    "expected an alert of %s: %s".formatted(schema.getFullName(), e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory", e);
        }
    }
}
