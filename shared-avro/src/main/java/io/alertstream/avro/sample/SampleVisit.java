package io.alertstream.avro.sample;

import io.alertstream.avro.AlertSchema;
import io.alertstream.avro.AlertSource;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.SchemaVersion;
import io.alertstream.avro.TranslatedAlerts;
import io.alertstream.avro.WireFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;

/**
 * A made-up visit in schema v11.1: variable stars, explosions, asteroids and artefacts of image subtraction, with their
 * histories and cutouts, about 110 KB an alert. A stream keeps only the numbers of the objects detected and makes its
 * alerts as they are pulled.
 *
 * <p>The same count, number, history and seed give the same bytes, on every machine and in every run. A different
 * number is a different visit, with its own time and field, and shares no alert id with this one. Visits can be made in
 * parallel, one stream per thread. Visits with the same count, history and seed see the same sky: an object that an
 * earlier visit to the field found has that visit's alert in its history, with the same id and the same measurements.
 * Visits to one field are three nights apart, or half an hour.
 *
 * <p>A different seed gives the same visit different contents under the same ids: use it for tests, not for an archive
 * that already holds the visit.
 */
public final class SampleVisit implements AlertSource {

    /** The schema in which samples are made. */
    public static final SchemaVersion SCHEMA_VERSION = new SchemaVersion(11, 1);

    /** The most alerts of one visit: well over what the survey expects. */
    public static final int MAX_ALERTS = 1_000_000;

    /** The highest {@linkplain #numbered number} of a visit; dates beyond it soon overflow the ids. */
    public static final long MAX_NUMBER = 7_000_000;

    /** Visits per night. */
    public static final int VISITS_A_NIGHT = Cadence.VISITS_A_NIGHT;

    /** The last night: later ones would have ids that the survey's form doesn't allow. */
    public static final int MAX_NIGHT = (int) (MAX_NUMBER / VISITS_A_NIGHT);

    private static final long DEFAULT_SEED = 11;

    private final Schema schema;
    private final int alerts;
    private final long number;
    private final long seed;
    private final SampleHistory history;

    private SampleVisit(Schema schema, int alerts, long number, long seed, SampleHistory history) {
        if (alerts < 1 || alerts > MAX_ALERTS) {
            throw new IllegalArgumentException("a sample visit of 1 to " + MAX_ALERTS + " alerts, not " + alerts);
        }
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("a visit's number from 0 to " + MAX_NUMBER + ", not " + number);
        }
        this.schema = schema;
        this.alerts = alerts;
        this.number = number;
        this.seed = seed;
        this.history = history;
    }

    /**
     * The first visit of the sample.
     *
     * @throws IllegalArgumentException if the count is below 1 or above {@link #MAX_ALERTS}
     */
    public static SampleVisit of(int alerts) {
        Schema schema = SchemaCatalog.bundled()
                .get(SCHEMA_VERSION)
                .map(AlertSchema::schema)
                .orElseThrow();
        return new SampleVisit(schema, alerts, 0, DEFAULT_SEED, SampleHistory.FIRST_YEAR);
    }

    /**
     * Another visit with the same number of alerts, but its own ids, field and time. Numbers run on from night to
     * night, {@value #VISITS_A_NIGHT} per night, and visits are 37 s apart, except for pauses.
     */
    public SampleVisit numbered(long otherNumber) {
        return new SampleVisit(schema, alerts, otherNumber, seed, history);
    }

    /**
     * The first visit of another night. Each field is observed again three nights later.
     *
     * @param night counted from 1
     * @throws IllegalArgumentException if it is below 1 or above {@link #MAX_NIGHT}
     */
    public SampleVisit firstOfNight(int night) {
        return numbered((night - 1L) * VISITS_A_NIGHT);
    }

    /** The same visit with different contents. */
    public SampleVisit seeded(long otherSeed) {
        return new SampleVisit(schema, alerts, number, otherSeed, history);
    }

    /** The same visit in a survey that has been running for a different time. */
    public SampleVisit with(SampleHistory otherHistory) {
        return new SampleVisit(schema, alerts, number, seed, otherHistory);
    }

    /** The same visit with another number of alerts. */
    SampleVisit sized(int otherAlerts) {
        return new SampleVisit(schema, otherAlerts, number, seed, history);
    }

    long number() {
        return number;
    }

    public int alerts() {
        return alerts;
    }

    /** The bytes of all packets, estimated. */
    public long bytes() {
        return alerts * history.bytesAnAlert();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public Contents check(BooleanSupplier cancelled) {
        SampleStream stream = new SampleStream(Visit.number(number), seed, alerts, history, 0);
        return new Contents(alerts, bytes(), stream.firstMjdTai(), stream.lastMjdTai());
    }

    @Override
    public AlertStream open(Schema target, int schemaId) {
        AlertStream stream = new SampleStream(Visit.number(number), seed, alerts, history, schemaId);
        return sameBytes(target) ? stream : new TranslatedAlerts(stream, schema, target, schemaId);
    }

    /** Whether alerts have the same bytes in both schemas, which may differ in docs and defaults. */
    private boolean sameBytes(Schema target) {
        return SchemaNormalization.toParsingForm(target).equals(SchemaNormalization.toParsingForm(schema));
    }

    /**
     * Writes the visit into an Avro object container file, which must not exist yet.
     *
     * @param codec how its blocks are compressed, such as {@code CodecFactory.deflateCodec(6)}
     * @throws IOException if the file exists or can't be written; a partial file is deleted
     */
    public void writeTo(Path file, CodecFactory codec) throws IOException {
        OutputStream created = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
        try (OutputStream out = new BufferedOutputStream(created);
                DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema));
                AlertStream stream = open(schema, SCHEMA_VERSION.id())) {
            writer.setCodec(codec);
            // A fixed sync marker: Avro's own is random, and the same visit must give the same file.
            writer.create(schema, out, new byte[16]);
            while (stream.hasNext()) {
                byte[] packet = stream.next().packet();
                int length = packet.length - WireFormat.HEADER_BYTES;
                writer.appendEncoded(ByteBuffer.wrap(packet, WireFormat.HEADER_BYTES, length));
            }
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }
}
