package io.alertstream.server.reading;

import io.alertstream.avro.AlertDecoder;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.avro.profile.AlertView;
import io.micrometer.core.instrument.Counter;
import org.apache.avro.Schema;

/** A packet in wire format and the decoder for its schema. Used by one thread at a time. */
public final class Packet {

    private final int schemaId;
    private final byte[] bytes;
    private final AlertDecoder decoder;
    private final AlertProfile profile;
    private final Counter decoded;
    private AlertView view;

    Packet(int schemaId, byte[] bytes, AlertDecoder decoder, AlertProfile profile, Counter decoded) {
        this.schemaId = schemaId;
        this.bytes = bytes;
        this.decoder = decoder;
        this.profile = profile;
        this.decoded = decoded;
    }

    public int schemaId() {
        return schemaId;
    }

    /** The packet in wire format. The array is shared and must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    public Schema schema() {
        return decoder.schema();
    }

    /** The decoded alert. Decodes with the first call, which takes CPU; later calls return the same record. */
    public AlertView view() {
        if (view == null) {
            decoded.increment();
            view = new AlertView(profile, decoder.decode(bytes));
        }
        return view;
    }

    /** Reads the packet without building a record; fails as {@link #view} does. */
    public void check() {
        decoder.check(bytes);
    }
}
