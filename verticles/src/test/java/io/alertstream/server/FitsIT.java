package io.alertstream.server;

import static io.alertstream.server.ServedArchive.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.Origin;
import io.alertstream.server.RawHttp.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCard;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts as FITS files, over real HTTP. */
class FitsIT extends ServerFixture {

    private static final long ID = 9011000000000000L;
    private static final String ALERT = "/v1/alerts/" + ID;

    @Test
    void thePrimaryHeaderNamesTheAlert() throws Exception {
        GenericRecord alert = ShownAlerts.record();
        GenericRecord source = (GenericRecord) alert.get("diaSource");
        source.put("midpointMjdTai", 60961.233092);
        source.put("timeProcessedMjdTai", 60961.5);
        put(alert);

        Header primary = fits().get(0).getHeader();

        assertThat(primary.getStringValue("ORIGIN")).isEqualTo("alertstream");
        assertThat(primary.getLongValue("ALERTID")).isEqualTo(ID);
        assertThat(primary.getStringValue("SCHEMA")).isEqualTo(alert.getSchema().getFullName());
        assertThat(primary.getStringValue("FILTER"))
                .isEqualTo(source.get("band").toString());
        assertThat(primary.getStringValue("DATE")).isEqualTo("2025-10-13T11:59:23.000");
        assertThat(primary.getStringValue("TIMESYS")).isEqualTo("TAI");
        assertThat(primary.getStringValue("DATE-AVG")).isEqualTo("2025-10-13T05:35:39.149");
        assertThat(primary.getDoubleValue("MJD-AVG")).isEqualTo(60961.233092);
    }

    @Test
    void everyPartHasAValidChecksum() throws Exception {
        put(ShownAlerts.record());

        assertSums(get(ALERT + "?format=fits").body());
    }

    @Test
    void theFileHasNoDownloadTime() throws Exception {
        put(ShownAlerts.record());

        String file = new String(get(ALERT + "?format=fits").body(), ISO_8859_1);

        // A strong ETag promises the same bytes at every download.
        assertThat(file.contains("Java FITS")).isFalse();
        assertThat(file.contains("checksum at ")).isFalse();
    }

    @Test
    void theVarianceHasUnitAndDescription() throws Exception {
        put(ShownAlerts.record());

        for (String name : List.of("DIFFERENCE", "SCIENCE", "TEMPLATE")) {
            Header variance = named(fits(), name + "_UNCERT").getHeader();
            assertThat(variance.getStringValue("BUNIT")).isEqualTo("nJy**2");
            assertThat(Arrays.stream(variance.findCards("COMMENT")).map(HeaderCard::getComment))
                    .anyMatch(comment -> comment.startsWith("Variance of each pixel of " + name));
        }
    }

    @Test
    void columnsHaveDisplayFormatsAndDescriptions() throws Exception {
        put(ShownAlerts.record());
        BinaryTableHDU sources = (BinaryTableHDU) named(fits(), "DIASOURCE");

        for (int column = 0; column < sources.getNCols(); column++) {
            Header header = sources.getHeader();
            String number = Integer.toString(column + 1);
            String type = header.getStringValue("TFORM" + number);
            assertThat(header.getStringValue("TCOMM" + number)).isNotBlank();
            if (type.endsWith("A") || type.endsWith("L")) {
                continue;
            }
            assertThat(header.getStringValue("TDISP" + number))
                    .matches(type.endsWith("J") || type.endsWith("K") ? "I[0-9]+" : "G[0-9]+\\.[0-9]+");
        }
    }

    @Test
    void moreThan999FieldsContinueInAnotherTable() throws Exception {
        GenericRecord alert = putCase("many_columns.avro");
        int fields = alert.getSchema().getFields().size();
        assertThat(fields).isGreaterThan(999);

        List<BasicHDU<?>> parts = fits();

        BinaryTableHDU first = (BinaryTableHDU) named(parts, "ALERT");
        BinaryTableHDU second = (BinaryTableHDU) named(parts, "ALERT_2");
        assertThat(first.getNCols()).isEqualTo(999);
        assertThat(second.getNCols()).isEqualTo(fields - 999);
        String last = alert.getSchema().getFields().get(fields - 1).name();
        assertThat(second.getData().get(0, second.findColumn(last))).isEqualTo(alert.get(last));
    }

    @Test
    void longAndSimilarNamesAreDistinguished() throws Exception {
        GenericRecord alert = putCase("fieldnames.avro");

        BinaryTableHDU table = (BinaryTableHDU) named(fits(), "ALERT");

        List<String> columns = IntStream.range(0, table.getNCols())
                .mapToObj(table::getColumnName)
                .toList();
        assertThat(columns)
                .hasSameSizeAs(alert.getSchema().getFields())
                .allMatch(name -> name.length() <= 68)
                .contains("A", "a_2");
        int cut = IntStream.range(0, columns.size())
                .filter(column -> columns.get(column).length() == 68)
                .findFirst()
                .orElseThrow();
        String name = "x".repeat(80);
        assertThat(table.getHeader().getStringValue("TCOMM" + (cut + 1)))
                .startsWith("Field " + name + ". a very long description");
        assertThat(table.getData().get(0, cut)).isEqualTo(alert.get(name));
    }

    @Test
    void logicalTypesHaveUnits() throws Exception {
        putCase("logical.avro");

        BinaryTableHDU table = (BinaryTableHDU) named(fits(), "ALERT");

        assertThat(Stream.of("ts", "tsm", "d", "tm", "lts")
                        .map(name -> table.getHeader().getStringValue("TUNIT" + (table.findColumn(name) + 1))))
                .containsExactly("us", "ms", "d", "ms", "us");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many_columns.avro", "fieldnames.avro", "logical.avro", "cutout_record.avro"})
    void everyFormatWorksForEverySchema(String name) throws Exception {
        putCase(name);

        for (String path : List.of("", "?format=avro", "?format=json", "?format=fits", "/schema")) {
            assertThat(get(ALERT + path).status()).as(path).isEqualTo(200);
        }
        assertThat(get("/alerts/" + ID).status()).isEqualTo(200);
        assertSums(get(ALERT + "?format=fits").body());
    }

    @Test
    void aCutoutThatIsNotFitsIsRefusedWithAReason() throws Exception {
        putCase("cutout_record.avro");

        Answer picture = get(ALERT + "/cutouts/science?format=png");

        assertThat(picture.status()).isEqualTo(422);
        assertThat(picture.text()).contains("not a FITS file: it doesn't start with SIMPLE");
        assertThat(get(ALERT + "/cutouts/science").text()).isEqualTo("data");
        assertThat(get("/alerts/" + ID).text()).contains("not a picture").doesNotContain("<img");
    }

    private void put(GenericRecord alert) {
        await(served.archive.putSchema(1, alert.getSchema().toString()));
        await(served.archive.putAlert(ID, ShownAlerts.packet(1, alert), new Origin("alerts-simulated", 0, 17, 1)));
    }

    /** Archives the first alert of a file that once caused a failure. */
    private GenericRecord putCase(String name) throws IOException {
        Path file = ShownAlerts.shared("../cases/" + name);
        assertThat(Files.isReadable(file)).isTrue();
        try (DataFileReader<GenericRecord> alerts = new DataFileReader<>(file.toFile(), new GenericDatumReader<>())) {
            GenericRecord alert = alerts.next();
            put(alert);
            return alert;
        }
    }

    private List<BasicHDU<?>> fits() throws IOException, FitsException {
        try (Fits fits =
                new Fits(new ByteArrayInputStream(get(ALERT + "?format=fits").body()))) {
            return Arrays.asList(fits.read());
        }
    }

    /** Computes the sums from the bytes: each part's must be -0, and that of its data equal to DATASUM. */
    private static void assertSums(byte[] file) throws IOException, FitsException {
        int from = 0;
        try (Fits fits = new Fits(new ByteArrayInputStream(file))) {
            for (BasicHDU<?> part : fits.read()) {
                int data = from + (int) part.getHeader().getSize();
                int end = from + (int) part.getSize();
                assertThat(part.getHeader().containsKey("CHECKSUM")).isTrue();
                assertThat(sum(file, from, end)).isEqualTo(0xffff_ffffL);
                assertThat(part.getHeader().getStringValue("DATASUM")).isEqualTo(Long.toString(sum(file, data, end)));
                from = end;
            }
        }
        assertThat(from).isEqualTo(file.length);
    }

    /** The ones' complement sum of 32-bit words. */
    private static long sum(byte[] file, int from, int end) {
        ByteBuffer words = ByteBuffer.wrap(file, from, end - from);
        long sum = 0;
        while (words.hasRemaining()) {
            sum += Integer.toUnsignedLong(words.getInt());
            sum = (sum & 0xffff_ffffL) + (sum >>> 32);
        }
        return sum;
    }

    private static BasicHDU<?> named(List<BasicHDU<?>> parts, String name) {
        return parts.stream()
                .filter(part -> name.equals(part.getHeader().getStringValue("EXTNAME")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no extension " + name));
    }
}
