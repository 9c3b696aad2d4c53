package io.alertstream.avro.sample;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Sample alerts, decoded by nothing but Avro itself. */
final class DecodedSamples {

    static final int SCHEMA_ID = 1101;
    static final Schema SCHEMA = SchemaCatalog.bundled()
            .get(SampleVisit.SCHEMA_VERSION)
            .orElseThrow()
            .schema();

    private static List<Alert> some;
    private static List<Alert> mature;

    private DecodedSamples() {}

    /** A visit that tests share, large enough for all kinds of alerts. */
    static synchronized List<Alert> some() {
        if (some == null) {
            some = of(SampleVisit.of(600));
        }
        return some;
    }

    /** The same of a mature survey. */
    static synchronized List<Alert> mature() {
        if (mature == null) {
            mature = of(SampleVisit.of(200).with(SampleHistory.MATURE));
        }
        return mature;
    }

    static List<Alert> of(SampleVisit visit) {
        List<Alert> alerts = new ArrayList<>();
        try (AlertStream stream = visit.open(SCHEMA, SCHEMA_ID)) {
            stream.forEachRemaining(alerts::add);
        }
        return alerts;
    }

    static GenericRecord decode(Alert alert) {
        return decode(alert, SCHEMA);
    }

    static GenericRecord decode(Alert alert, Schema schema) {
        byte[] packet = alert.packet();
        int length = packet.length - WireFormat.HEADER_BYTES;
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(packet, WireFormat.HEADER_BYTES, length, null);
        try {
            GenericRecord decoded = new GenericDatumReader<GenericRecord>(schema).read(null, in);
            if (!in.isEnd()) {
                throw new AssertionError("bytes after the alert");
            }
            return decoded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GenericRecord record(GenericRecord alert, String field) {
        return (GenericRecord) alert.get(field);
    }

    /** The records of an array, none if it is null. */
    static List<GenericRecord> records(GenericRecord alert, String field) {
        List<GenericRecord> records = new ArrayList<>();
        if (alert.get(field) != null) {
            ((List<?>) alert.get(field)).forEach(element -> records.add((GenericRecord) element));
        }
        return records;
    }

    static double number(GenericRecord holder, String field) {
        return holder.get(field) == null ? Double.NaN : ((Number) holder.get(field)).doubleValue();
    }

    static long id(GenericRecord holder, String field) {
        return (long) holder.get(field);
    }

    static byte[] bytes(GenericRecord alert, String field) {
        ByteBuffer buffer = ((ByteBuffer) alert.get(field)).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
