package io.alertstream.avro;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/** Small alerts that nest as real ones do, and files of them, written by Avro. */
final class TestAlerts {

    static final double FIRST_MJD_TAI = 61_000.25;

    static final Schema SCHEMA = schema("""
            {"type": "record", "name": "alert", "namespace": "lsst.v90_0", "fields": [
              {"name": "diaSourceId", "type": "long"},
              {"name": "diaSource", "type": {"type": "record", "name": "diaSource", "fields": [
                {"name": "band", "type": ["null", "string"], "default": null},
                {"name": "midpointMjdTai", "type": "double"},
                {"name": "nData", "type": ["null", "int"]}]}},
              {"name": "prvDiaSources", "type": ["null", {"type": "array", "items": "diaSource"}], "default": null},
              {"name": "cutout", "type": ["null", "bytes"], "default": null}]}
            """);

    private TestAlerts() {}

    static Schema schema(String json) {
        return new Schema.Parser().parse(json);
    }

    /** Ids count from 1, each alert is a second later than the one before; the cutout has random bytes. */
    static GenericRecord alert(long id, int cutoutBytes) {
        byte[] cutout = new byte[cutoutBytes];
        new Random(id).nextBytes(cutout);
        Schema sources = SCHEMA.getField("diaSource").schema();
        GenericRecord source = new GenericRecordBuilder(sources)
                .set("band", id % 2 == 0 ? "r" : null)
                .set("midpointMjdTai", FIRST_MJD_TAI + (id - 1) / 86_400.0)
                .set("nData", (int) id)
                .build();
        return new GenericRecordBuilder(SCHEMA)
                .set("diaSourceId", id)
                .set("diaSource", source)
                .set("prvDiaSources", id % 3 == 0 ? null : List.of(source, source))
                .set("cutout", ByteBuffer.wrap(cutout))
                .build();
    }

    static List<GenericRecord> alerts(int count, int cutoutBytes) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(id -> alert(id, cutoutBytes))
                .toList();
    }

    static Path write(Path file, String codec, Schema schema, Iterable<?> data) throws IOException {
        try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(CodecFactory.fromString(codec));
            writer.create(schema, file.toFile());
            for (Object datum : data) {
                writer.append(datum);
            }
        }
        return file;
    }
}
