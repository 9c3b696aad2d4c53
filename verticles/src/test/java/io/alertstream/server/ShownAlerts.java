package io.alertstream.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.alertstream.avro.AlertDecoder;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.SchemaVersion;
import io.alertstream.avro.WireFormat;
import io.alertstream.avro.sample.SampleHistory;
import io.alertstream.avro.sample.SampleVisit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Alerts with everything that a page or file may have to show. */
final class ShownAlerts {

    static final int V11 = 1101;
    static final int V9 = 900;
    static final Schema SCHEMA =
            SchemaCatalog.bundled().get(new SchemaVersion(11, 1)).orElseThrow().schema();

    private ShownAlerts() {}

    /** The packets of a mature survey's sample visit. */
    static List<byte[]> sample(int count) {
        List<byte[]> packets = new ArrayList<>();
        try (var alerts = SampleVisit.of(count).with(SampleHistory.MATURE).open(SCHEMA, V11)) {
            alerts.forEachRemaining(alert -> packets.add(alert.packet()));
        }
        return packets;
    }

    /** A sample alert for tests to modify. */
    static GenericRecord record() {
        return AlertDecoder.of(SCHEMA).decode(sample(1).get(0));
    }

    /** The alerts of a sample visit. */
    static List<GenericRecord> all(int count) {
        AlertDecoder decoder = AlertDecoder.of(SCHEMA);
        return sample(count).stream().map(decoder::decode).toList();
    }

    static long id(byte[] packet) {
        return (Long) AlertDecoder.of(SCHEMA).decode(packet).get("diaSourceId");
    }

    static byte[] packet(int schemaId, GenericRecord alert) {
        ByteArrayOutputStream avro = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(avro, null);
        try {
            new GenericDatumWriter<GenericRecord>(alert.getSchema()).write(alert, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return WireFormat.write(schemaId, avro.toByteArray());
    }

    /** An alert whose numbers are all NaN or infinite. */
    static GenericRecord notANumber() {
        GenericRecord alert = record();
        spoil((IndexedRecord) alert.get("diaSource"));
        if (alert.get("diaObject") instanceof IndexedRecord object) {
            spoil(object);
        }
        for (String list : List.of("prvDiaSources", "prvDiaForcedSources")) {
            if (alert.get(list) instanceof List<?> sources) {
                sources.forEach(source -> spoil((IndexedRecord) source));
            }
        }
        return alert;
    }

    private static void spoil(IndexedRecord record) {
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            if (value instanceof Float) {
                record.put(field.pos(), field.pos() % 2 == 0 ? Float.NaN : Float.NEGATIVE_INFINITY);
            } else if (value instanceof Double) {
                record.put(field.pos(), field.pos() % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY);
            }
        }
    }

    /** An alert in which every nullable field is null. */
    static GenericRecord bare() {
        GenericRecord alert = record();
        for (Schema.Field field : SCHEMA.getFields()) {
            if (field.schema().isNullable()) {
                alert.put(field.pos(), null);
            }
        }
        return alert;
    }

    /** An alert with this many earlier sources, one hour apart. */
    static GenericRecord withHistory(int sources) {
        GenericRecord alert = record();
        GenericRecord own = (GenericRecord) alert.get("diaSource");
        List<GenericRecord> history = new ArrayList<>();
        for (int i = 1; i <= sources; i++) {
            GenericRecord source = GenericData.get().deepCopy(own.getSchema(), own);
            source.put("diaSourceId", 1_000_000L + i);
            source.put("midpointMjdTai", (Double) own.get("midpointMjdTai") - i / 24.0);
            history.add(source);
        }
        alert.put("prvDiaSources", history);
        return alert;
    }

    /** The schema with the field names of the first versions, without the science cutout. */
    static Schema early() {
        return new Schema.Parser()
                .parse(SCHEMA.toString()
                        .replace("lsst.v11_1", "lsst.v3_0")
                        .replace("\"name\":\"midpointMjdTai\"", "\"name\":\"midPointTai\"")
                        .replace("\"name\":\"band\"", "\"name\":\"filterName\"")
                        .replace("\"name\":\"dec\"", "\"name\":\"decl\"")
                        .replace("\"name\":\"psfFlux\"", "\"name\":\"psFlux\"")
                        .replace("\"name\":\"psfFluxErr\"", "\"name\":\"psFluxErr\"")
                        .replace("\"name\":\"cutoutScience\"", "\"name\":\"noCutout\""));
    }

    /** An alert whose strings contain HTML and script syntax. */
    static GenericRecord withMarkup() {
        GenericRecord alert = record();
        alert.put("observation_reason", "<script>document.title='owned'</script>");
        alert.put("target_name", "\"'><img src=x onerror=alert(1)>&amp;{{7*7}}\u2028");
        ((IndexedRecord) alert.get("diaSource"))
                .put(SCHEMA.getField("diaSource").schema().getField("band").pos(), "</script><b>");
        return alert;
    }

    /** The real packet, in schema v9.0. */
    static byte[] real() throws IOException {
        return Files.readAllBytes(shared("packets/lsst-v9_0-diaSourceId-7912941781254298.wire"));
    }

    /** The survey's schema v9.0. */
    static Schema v9() {
        return SchemaCatalog.read(shared("schemas"))
                .get(new SchemaVersion(9, 0))
                .orElseThrow()
                .schema();
    }

    static Path shared(String name) {
        Path path = Path.of(System.getProperty("shared.data", "/nonexistent")).resolve(name);
        assumeTrue(Files.exists(path), () -> "test data " + path + " isn't there");
        return path;
    }
}
