package io.alertstream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;

/**
 * Alerts in the Zwicky Transient Facility's format: a candidate, earlier detections and upper limits, and three stamps,
 * each a record with a gzipped FITS file. Most of the format's fields are left out.
 */
public final class ZtfAlerts {

    static final String OBJECT = "ZTF26aaaaaab";
    static final double JD = 2_461_000.75;

    private static final long FIRST_ID = 3_143_250_000_015_010_000L;
    private static final int SIDE = 63;
    private static final int BLOCK = 2880;

    private static final Schema SCHEMA = new Schema.Parser().parse("""
            {"type": "record", "name": "alert", "namespace": "ztf", "fields": [
              {"name": "schemavsn", "type": "string"},
              {"name": "publisher", "type": "string"},
              {"name": "objectId", "type": "string"},
              {"name": "candid", "type": "long"},
              {"name": "candidate", "type": {"type": "record", "name": "candidate", "fields": [
                {"name": "jd", "type": "double"},
                {"name": "fid", "type": "int"},
                {"name": "candid", "type": "long"},
                {"name": "isdiffpos", "type": "string"},
                {"name": "ra", "type": "double"},
                {"name": "dec", "type": "double"},
                {"name": "magpsf", "type": "float"},
                {"name": "sigmapsf", "type": "float"}]}},
              {"name": "prv_candidates", "default": null, "type": ["null", {"type": "array", "items":
                {"type": "record", "name": "prv_candidate", "fields": [
                  {"name": "jd", "type": "double"},
                  {"name": "fid", "type": "int"},
                  {"name": "candid", "type": ["null", "long"], "default": null},
                  {"name": "isdiffpos", "type": ["null", "string"], "default": null},
                  {"name": "ra", "type": ["null", "double"], "default": null},
                  {"name": "dec", "type": ["null", "double"], "default": null},
                  {"name": "magpsf", "type": ["null", "float"], "default": null},
                  {"name": "sigmapsf", "type": ["null", "float"], "default": null},
                  {"name": "diffmaglim", "type": ["null", "float"], "default": null}]}}]},
              {"name": "cutoutScience", "default": null, "type": ["null", {"type": "record", "name": "cutout", "fields": [
                {"name": "fileName", "type": "string"},
                {"name": "stampData", "type": "bytes"}]}]},
              {"name": "cutoutTemplate", "default": null, "type": ["null", "cutout"]},
              {"name": "cutoutDifference", "default": null, "type": ["null", "cutout"]}]}
            """);

    private ZtfAlerts() {}

    static long id(int number) {
        return FIRST_ID + number;
    }

    /** Writes that many alerts into a file, which must not exist yet. */
    public static Path write(Path file, int count) throws IOException {
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
            writer.create(SCHEMA, file.toFile());
            for (int i = 0; i < count; i++) {
                writer.append(alert(i));
            }
        }
        return file;
    }

    static GenericRecord alert(int number) throws IOException {
        Schema before =
                SCHEMA.getField("prv_candidates").schema().getTypes().get(1).getElementType();
        GenericRecord detected = new GenericRecordBuilder(before)
                .set("jd", JD - 3)
                .set("fid", 1)
                .set("candid", id(number) - 3_000_000_000L)
                .set("isdiffpos", "f")
                .set("ra", 150.1)
                .set("dec", 2.2)
                .set("magpsf", 19.5f)
                .set("sigmapsf", 0.2f)
                .build();
        GenericRecord upperLimit = new GenericRecordBuilder(before)
                .set("jd", JD - 6)
                .set("fid", 2)
                .set("diffmaglim", 20.1f)
                .build();
        GenericRecord candidate = new GenericRecordBuilder(
                        SCHEMA.getField("candidate").schema())
                .set("jd", JD)
                .set("fid", 2)
                .set("candid", id(number))
                .set("isdiffpos", "t")
                .set("ra", 150.1)
                .set("dec", 2.2)
                .set("magpsf", 18.25f)
                .set("sigmapsf", 0.05f)
                .build();
        return new GenericRecordBuilder(SCHEMA)
                .set("schemavsn", "4.02")
                .set("publisher", "test")
                .set("objectId", OBJECT)
                .set("candid", id(number))
                .set("candidate", candidate)
                .set("prv_candidates", List.of(upperLimit, detected))
                .set("cutoutScience", stamp("sci"))
                .set("cutoutTemplate", stamp("ref"))
                .set("cutoutDifference", stamp("scimref"))
                .build();
    }

    private static GenericRecord stamp(String name) throws IOException {
        Schema cutout = SCHEMA.getField("cutoutScience").schema().getTypes().get(1);
        return new GenericRecordBuilder(cutout)
                .set("fileName", name + ".fits.gz")
                .set("stampData", ByteBuffer.wrap(gzip(fits())))
                .build();
    }

    private static byte[] fits() {
        String header = card("SIMPLE", "T")
                + card("BITPIX", "-32")
                + card("NAXIS", "2")
                + card("NAXIS1", Integer.toString(SIDE))
                + card("NAXIS2", Integer.toString(SIDE))
                + "%-80s".formatted("END");
        int data = (SIDE * SIDE * Float.BYTES + BLOCK - 1) / BLOCK * BLOCK;
        ByteBuffer file = ByteBuffer.allocate(BLOCK + data);
        file.put("%-2880s".formatted(header).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < SIDE * SIDE; i++) {
            double dx = i % SIDE - SIDE / 2.0;
            double dy = i / (double) SIDE - SIDE / 2.0;
            // Pixels beyond the edge of the detector have no value.
            file.putFloat(i < SIDE ? Float.NaN : (float) (1000 * Math.exp(-(dx * dx + dy * dy) / 8)));
        }
        return file.array();
    }

    private static String card(String keyword, String value) {
        return "%-8s= %20s%50s".formatted(keyword, value, "");
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }
}
