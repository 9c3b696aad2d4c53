package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken files: all cause the same kind of exception, which says what is wrong and where. */
class BrokenAlertFileTest {

    private static final int SEED = 90;
    private static final byte[] SYNC = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final String SCHEMA = TestAlerts.SCHEMA.toString();

    @TempDir
    private Path directory;

    @Test
    void aPathThatIsNotAFileIsRefused() {
        refuses(directory, "expected a file of alerts, but " + directory + " is a directory");
        Path missing = directory.resolve("missing.avro");
        refuses(missing, "expected a file of alerts, but " + missing + " doesn't exist");
    }

    @Test
    void aFileThatIsNotAContainerIsRefused() throws IOException {
        refuses(file(new byte[0]), "is empty");
        refuses(file("Ob".getBytes(StandardCharsets.US_ASCII)), "doesn't begin like one");
        refuses(file("{\"not\": \"avro\"}".getBytes(StandardCharsets.US_ASCII)), "doesn't begin like one");
    }

    @Test
    void aBrokenHeaderIsRefused() throws IOException {
        byte[] magic = {'O', 'b', 'j', 1};
        refuses(file(magic), "the header of");
        refuses(file(Avro.join(magic, Avro.number(0), SYNC)), "expected the entry avro.schema");
        refuses(file(header("{", "null")), "the header of");
        refuses(file(header("[".repeat(100_000), "null")), "the header of");
        refuses(
                file(header(SCHEMA, "bzip2")),
                "expected one of the codecs null, deflate, snappy, zstandard, found bzip2");
    }

    @Test
    void aFileWithoutAlertRecordsIsRefused() throws IOException {
        refuses(
                file(header("{\"type\": \"record\", \"name\": \"r\", \"fields\": []}", "null")),
                "expected a field diaSourceId or alertId in the record r");
        refuses(
                file(header(SCHEMA.replace("\"double\"", "\"string\""), "null")),
                "expected the field diaSource.midpointMjdTai of lsst.v90_0.alert to be of type [DOUBLE]");
    }

    @Test
    void aFileWithoutAlertsIsRefused() throws IOException {
        refuses(file(header(SCHEMA, "null")), "expected alerts in");
        refuses(file(Avro.join(header(SCHEMA, "null"), block(0, new byte[0]))), "found none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
    void aTruncatedFileIsRefusedWhereverItEnds(String codec) throws IOException {
        byte[] header = header(SCHEMA, codec);
        Path whole =
                TestAlerts.write(directory.resolve("whole.avro"), codec, TestAlerts.SCHEMA, TestAlerts.alerts(3, 30));
        byte[] bytes = Files.readAllBytes(whole);
        for (int length = header.length; length < bytes.length; length++) {
            refuses(file(Arrays.copyOf(bytes, length)), "");
        }
    }

    @Test
    void aBlockWithWrongCountOrSizeIsRefused() throws IOException {
        byte[] header = header(SCHEMA, "null");
        byte[] alert = Avro.encode(TestAlerts.SCHEMA, TestAlerts.alert(1, 10));
        String at = "block at byte " + header.length;

        refuses(file(Avro.join(header, block(2, alert))), "alert 2 (" + at + "): expected 1 bytes at byte");
        refuses(file(Avro.join(header, block(1, Avro.join(alert, alert)))), at + ": expected 1 alerts, but");
        refuses(file(Avro.join(header, block(-1, alert))), "expected a count and a size, got -1 and");
        refuses(file(Avro.join(header, Avro.number(1), Avro.number(-5))), "expected a count and a size, got 1 and -5");
        refuses(file(Avro.join(header, Avro.number(1), Avro.number(1L << 40), alert)), "the file is truncated");
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0x80);
        refuses(file(Avro.join(header, endless)), "at most 10 bytes");
    }

    @Test
    void aWrongSyncMarkerIsRefused() throws IOException {
        byte[] alert = Avro.encode(TestAlerts.SCHEMA, TestAlerts.alert(1, 10));
        byte[] bytes = Avro.join(header(SCHEMA, "null"), block(1, alert));
        bytes[bytes.length - 1]++;
        refuses(file(bytes), "expected the file's sync marker at byte " + (bytes.length - SYNC.length));
    }

    @Test
    void aWrongChecksumIsRefused() throws IOException {
        Path file = TestAlerts.write(
                directory.resolve("snappy.avro"), "snappy", TestAlerts.SCHEMA, TestAlerts.alerts(1, 10));
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - SYNC.length - 1]++;
        refuses(file(bytes), "the checksum doesn't match the data");
    }

    @Test
    void aBlockTooLargeForMemoryIsRefused() throws IOException {
        byte[] front = Avro.join(header(SCHEMA, "null"), Avro.number(1), Avro.number(Block.MAX_BYTES + 1L));
        Path sparse = file(front);
        try (FileChannel channel = FileChannel.open(sparse, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(SYNC), front.length + Block.MAX_BYTES + 1L);
        }
        refuses(sparse, "expected a block of at most 67108864 bytes, this one has 67108865");
    }

    @Test
    void aBlockThatUnpacksToTooMuchIsRefused() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, new Deflater(1, true))) {
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < 65; i++) {
                out.write(megabyte);
            }
        }
        refuses(
                file(Avro.join(header(SCHEMA, "deflate"), block(1, packed.toByteArray()))),
                "expected a block of at most 67108864 bytes, this one has more");
        // Snappy data begins with its length: here 4 GB less a byte.
        byte[] snappy = {-1, -1, -1, -1, 15, 0, 0, 0, 0, 0, 0};
        refuses(file(Avro.join(header(SCHEMA, "snappy"), block(1, snappy))), "block at byte");
    }

    @Test
    void anInvalidTimeIsRefused() throws IOException {
        GenericRecord alert = TestAlerts.alert(1, 10);
        ((GenericRecord) alert.get("diaSource")).put("midpointMjdTai", Double.NaN);
        Path file = TestAlerts.write(directory.resolve("nan.avro"), "null", TestAlerts.SCHEMA, List.of(alert));
        refuses(file, "expected the time of an alert in days, got NaN");
    }

    @Test
    void aNegativeIdIsRefused() throws IOException {
        GenericRecord negative = TestAlerts.alert(2, 10);
        negative.put("diaSourceId", -2L);

        refuses(
                TestAlerts.write(
                        directory.resolve("a.avro"),
                        "null",
                        TestAlerts.SCHEMA,
                        List.of(TestAlerts.alert(1, 10), negative)),
                "alert 2 (block at byte ");
        refuses(SharedData.path("../cases/idneg.avro"), "expected an id that isn't negative, found -");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
    void randomlyChangedBytesAreRefusedOrAreAlerts(String codec) throws IOException {
        Path whole =
                TestAlerts.write(directory.resolve("whole.avro"), codec, TestAlerts.SCHEMA, TestAlerts.alerts(20, 50));
        byte[] bytes = Files.readAllBytes(whole);
        Random random = new Random(SEED);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] broken = bytes.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(AlertFile.open(file(broken)).check().alerts()).isPositive();
            } catch (AlertSourceException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    private static void refuses(Path file, String message) {
        assertThatThrownBy(() -> AlertFile.open(file).check())
                .isInstanceOf(AlertSourceException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(message);
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("broken.avro"), bytes);
    }

    private static byte[] header(String schema, String codec) {
        return Avro.join(
                new byte[] {'O', 'b', 'j', 1},
                Avro.number(2),
                text("avro.schema"),
                text(schema),
                text("avro.codec"),
                text(codec),
                Avro.number(0),
                SYNC);
    }

    private static byte[] block(long count, byte[] bytes) {
        return Avro.join(Avro.number(count), Avro.number(bytes.length), bytes, SYNC);
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Avro.join(Avro.number(bytes.length), bytes);
    }
}
