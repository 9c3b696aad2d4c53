package io.alertstream.server;

import static io.alertstream.server.ServedArchive.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alertstream.archive.Origin;
import io.alertstream.avro.AlertDecoder;
import io.alertstream.server.RawHttp.Answer;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formats of an alert's content, over real HTTP. */
class FormatsIT extends ServerFixture {

    private static final long ID = 11;
    private static final String ALERT = "/v1/alerts/" + ID;

    @BeforeEach
    void fillArchive() {
        await(served.archive.putSchema(ShownAlerts.V11, ShownAlerts.SCHEMA.toString()));
    }

    @Test
    void avroIsAFileWithItsSchema() throws IOException {
        byte[] packet = put(ShownAlerts.record());

        Answer answer = get(ALERT + "?format=avro");

        assertThat(answer.header("Content-Type")).isEqualTo("application/avro");
        assertThat(read(answer.body())).containsExactly(ShownAlerts.record());
        assertThat(packet).isEqualTo(get(ALERT + "?format=wire").body());
    }

    @Test
    void jsonHasEveryValue() throws IOException {
        GenericRecord alert = ShownAlerts.record();
        put(alert);

        JsonNode json = json(get(ALERT + "?format=json"));

        assertSame(alert, json);
        GenericRecord source = (GenericRecord) alert.get("diaSource");
        assertThat(json.get("diaSource").get("diaSourceId").longValue()).isEqualTo(source.get("diaSourceId"));
        assertThat(json.get("diaSource").get("diaSourceId_str").textValue())
                .isEqualTo(source.get("diaSourceId").toString());
    }

    @Test
    void jsonOmitsCutoutsOnRequest() throws IOException {
        put(ShownAlerts.record());

        JsonNode json = json(get(ALERT + "?format=json&cutouts=false"));

        assertThat(json.has("cutoutScience")).isFalse();
        assertThat(json.has("prvDiaSources")).isTrue();
    }

    @Test
    void notANumberIsNullInJson() throws IOException {
        GenericRecord alert = ShownAlerts.notANumber();
        put(alert);

        JsonNode json = json(get(ALERT, "Accept: application/json"));

        assertThat(json.get("diaSource").get("ra").isNull()).isTrue();
        assertSame(alert, json);
    }

    @Test
    void fitsHasImagesAndTablesWithUnits() throws Exception {
        GenericRecord alert = ShownAlerts.record();
        put(alert);

        Answer answer = get(ALERT, "Accept: image/fits");
        List<BasicHDU<?>> parts = fits(answer.body());

        assertThat(answer.header("Content-Type")).isEqualTo("application/fits");
        assertThat(names(parts)).contains("DIFFERENCE", "SCIENCE", "TEMPLATE", "ALERT", "DIASOURCE");
        float[][] image = (float[][]) named(parts, "SCIENCE").getKernel();
        float[][] packed =
                (float[][]) fits(bytes(alert, "cutoutScience")).get(0).getKernel();
        assertThat(image).isDeepEqualTo(packed);
        BinaryTableHDU sources = (BinaryTableHDU) named(parts, "DIASOURCE");
        int flux = sources.findColumn("psfFlux");
        GenericRecord source = (GenericRecord) alert.get("diaSource");
        assertThat(sources.getHeader().getStringValue("TUNIT" + (flux + 1))).isEqualTo("nJy");
        assertThat(sources.getData().get(0, flux)).isEqualTo(source.get("psfFlux"));
        int id = sources.findColumn("diaSourceId");
        assertThat(sources.getData().get(0, id)).isEqualTo(source.get("diaSourceId"));
        int forced = named(parts, "PRVDIAFORCEDSOURCES").getHeader().getIntValue("NAXIS2");
        assertThat(forced).isEqualTo(((List<?>) alert.get("prvDiaForcedSources")).size());
    }

    @Test
    void theRealPacketIsServedInEveryFormat() throws Exception {
        byte[] packet = ShownAlerts.real();
        Schema schema = ShownAlerts.v9();
        await(served.archive.putSchema(ShownAlerts.V9, schema.toString()));
        await(served.archive.putAlert(ID, packet, new Origin("alerts-simulated", 0, 17, ShownAlerts.V9)));
        GenericRecord alert = AlertDecoder.of(schema).decode(packet);

        assertThat(read(get(ALERT + "?format=avro").body())).containsExactly(alert);
        assertSame(alert, json(get(ALERT + "?format=json")));
        assertThat(names(fits(get(ALERT + "?format=fits").body())))
                .contains("TEMPLATE", "TEMPLATE_UNCERT", "TEMPLATE_PSFIMAGE", "DIASOURCE", "DIAOBJECT");
        assertThat(get(ALERT + "/cutouts/template").body()).isEqualTo(bytes(alert, "cutoutTemplate"));
        assertThat(png(ALERT + "/cutouts/template").getWidth()).isEqualTo(256);
        assertThat(new Schema.Parser().parse(get(ALERT + "/schema").text())).isEqualTo(schema);
    }

    @Test
    void anAlertOfNullsIsShown() throws Exception {
        GenericRecord alert = ShownAlerts.bare();
        put(alert);

        assertSame(alert, json(get(ALERT + "?format=json")));
        assertThat(names(fits(get(ALERT + "?format=fits").body()))).containsExactly("", "ALERT", "DIASOURCE");
        Answer missing = get(ALERT + "/cutouts/science?format=png");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).contains("the alert has no science cutout");
    }

    @Test
    void aLongHistoryIsShown() throws Exception {
        put(ShownAlerts.withHistory(1_000));

        assertThat(json(get(ALERT + "?format=json")).get("prvDiaSources")).hasSize(1_000);
        BasicHDU<?> table = named(fits(get(ALERT + "?format=fits").body()), "PRVDIASOURCES");
        assertThat(table.getHeader().getIntValue("NAXIS2")).isEqualTo(1_000);
    }

    @Test
    void nanAndMarkupPassThroughEveryFormat() throws Exception {
        for (GenericRecord alert : List.of(ShownAlerts.notANumber(), ShownAlerts.withMarkup())) {
            long id = ID + alert.hashCode() % 1_000_000L + 1_000_000L;
            put(id, ShownAlerts.packet(ShownAlerts.V11, alert));

            assertSame(alert, json(get("/v1/alerts/" + id + "?format=json")));
            assertThat(names(fits(get("/v1/alerts/" + id + "?format=fits").body())))
                    .contains("DIASOURCE");
        }
    }

    @Test
    void cutoutsAreFilesAndPictures() throws IOException {
        GenericRecord alert = ShownAlerts.record();
        put(alert);

        assertThat(get(ALERT + "/cutouts/science").body()).isEqualTo(bytes(alert, "cutoutScience"));
        Set<Integer> sums = new HashSet<>();
        for (String stretch : List.of("linear", "asinh", "zscale")) {
            BufferedImage picture = png(ALERT + "/cutouts/science?format=png&size=90&stretch=" + stretch);
            assertThat(picture.getWidth()).isEqualTo(90);
            sums.add(Arrays.hashCode(
                    picture.getRaster().getPixels(0, 0, picture.getWidth(), picture.getHeight(), (int[]) null)));
        }
        assertThat(sums).as("each stretch looks different").hasSize(3);
        assertThat(get(ALERT + "/cutouts/science", "Accept: image/avif,image/*;q=0.8,*/*;q=0.5")
                        .header("Content-Type"))
                .isEqualTo("image/png");
    }

    @Test
    void anImagesFirstRowIsAtThePicturesBottom() throws IOException {
        GenericRecord alert = ShownAlerts.record();
        put(alert);
        float[][] image = (float[][]) fits(bytes(alert, "cutoutScience")).get(0).getKernel();
        int[] brightest = {0, 0};
        for (int y = 0; y < image.length; y++) {
            for (int x = 0; x < image[y].length; x++) {
                if (image[y][x] > image[brightest[1]][brightest[0]]) {
                    brightest = new int[] {x, y};
                }
            }
        }

        int side = image.length;
        BufferedImage picture = png(ALERT + "/cutouts/science?format=png&stretch=linear&size=" + side);

        assertThat(picture.getRaster().getSample(brightest[0], side - 1 - brightest[1], 0))
                .isEqualTo(255);
    }

    @ParameterizedTest
    @CsvSource({
        "?format=xml, 400, expected format=wire|avro|json|fits",
        "?format=JSON, 400, expected format=",
        "?format=json&cutouts=maybe, 400, expected cutouts=true|false",
        "/cutouts/science?format=gif, 400, expected format=fits|png",
        "/cutouts/science?format=png&stretch=log, 400, expected stretch=linear|asinh|zscale",
        "/cutouts/science?format=png&size=5000, 400, expected size=16 to 1024",
        "/cutouts/science?format=png&size=-1, 400, expected size=",
        "/cutouts/visit, 404, no such cutout",
        "/cutouts, 404, no such resource",
    })
    void missingPartsAreErrors(String path, int status, String detail) throws IOException {
        put(ShownAlerts.record());

        assertError(get(ALERT + path), status, detail);
    }

    @Test
    void anUnofferedFormatIsNotAcceptable() throws IOException {
        put(ShownAlerts.record());

        assertError(get(ALERT, "Accept: text/html"), 406, "expected Accept to allow one of application/octet-stream");
        assertError(get(ALERT, "Accept: */*;q=0"), 406, "expected");
        assertThat(get(ALERT, "Accept: text/html,*/*;q=0.8").header("Content-Type"))
                .isEqualTo("application/octet-stream");
        assertThat(get(ALERT, "Accept: application/*;q=0.5, application/json").header("Content-Type"))
                .isEqualTo("application/json");
        assertThat(get(ALERT, "Accept: application/octet-stream;q=0, application/*;q=0.1")
                        .header("Content-Type"))
                .isEqualTo("application/avro");
    }

    @Test
    void eachFormatHasItsOwnStrongTag() throws IOException {
        put(ShownAlerts.record());
        Set<String> tags = new HashSet<>();
        for (String path : List.of(
                "?format=wire",
                "?format=avro",
                "?format=json",
                "?format=json&cutouts=false",
                "?format=fits",
                "/cutouts/science",
                "/cutouts/science?format=png")) {
            Answer answer = get(ALERT + path);
            tags.add(answer.header("ETag"));

            assertThat(answer.header("Vary")).isEqualTo("accept, accept-encoding");
            assertThat(get(ALERT + path).header("ETag")).isEqualTo(answer.header("ETag"));
            assertThat(get(ALERT + path, "If-None-Match: " + answer.header("ETag"))
                            .status())
                    .isEqualTo(304);
            Answer head = RawHttp.request(served.port(), "HEAD", ALERT + path);
            assertThat(head.headers()).isEqualTo(answer.headers());
        }

        assertThat(tags).hasSize(7).allMatch(tag -> tag.startsWith("\""));
    }

    @Test
    void anUndecodableAlertIsReportedAndServedAsStored() throws IOException {
        byte[] packet = ShownAlerts.packet(ShownAlerts.V11, ShownAlerts.record());
        put(1, Arrays.copyOf(packet, packet.length - 1));
        byte[] unknown = packet.clone();
        ByteBuffer.wrap(unknown).putInt(1, 77);
        put(2, unknown);

        for (String path : List.of("?format=json", "?format=avro", "?format=fits", "/cutouts/science")) {
            assertError(get("/v1/alerts/1" + path), 422, "the stored alert can't be decoded with its schema");
            assertError(get("/v1/alerts/2" + path), 404, "the alert's schema 77 isn't in the archive");
        }
        assertError(get("/v1/alerts/2/schema"), 404, "the alert's schema 77 isn't in the archive");
        assertError(get("/v1/alerts/3/schema"), 404, "alert not found");
        assertThat(get("/v1/alerts/2").body()).isEqualTo(unknown);
    }

    @Test
    void aCutoutThatIsNotFitsIsNotAPicture() throws Exception {
        GenericRecord alert = ShownAlerts.record();
        alert.put("cutoutScience", ByteBuffer.wrap("<svg onload=alert(1)>".getBytes(UTF_8)));
        byte[] huge = bytes(alert, "cutoutTemplate");
        String header = new String(huge, 0, 2880, US_ASCII);
        int axis = header.indexOf("NAXIS1");
        System.arraycopy("NAXIS1  =           2000000000".getBytes(US_ASCII), 0, huge, axis, 30);
        alert.put("cutoutTemplate", ByteBuffer.wrap(huge));
        put(alert);

        assertError(get(ALERT + "/cutouts/science?format=png"), 422, "the stored cutout can't be shown");
        assertError(get(ALERT + "/cutouts/template?format=png"), 422, "the stored cutout can't be shown");
        assertThat(names(fits(get(ALERT + "?format=fits").body())))
                .contains("DIFFERENCE", "DIASOURCE")
                .doesNotContain("SCIENCE", "TEMPLATE");
    }

    private byte[] put(GenericRecord alert) {
        return put(ID, ShownAlerts.packet(ShownAlerts.V11, alert));
    }

    private byte[] put(long id, byte[] packet) {
        await(served.archive.putAlert(id, packet, new Origin("alerts-simulated", 0, 17, ShownAlerts.V11)));
        return packet;
    }

    private BufferedImage png(String path) throws IOException {
        Answer answer = get(path.contains("?") ? path : path + "?format=png");
        assertThat(answer.header("Content-Type")).isEqualTo("image/png");
        return ImageIO.read(new ByteArrayInputStream(answer.body()));
    }

    private static List<GenericRecord> read(byte[] file) throws IOException {
        List<GenericRecord> alerts = new ArrayList<>();
        try (DataFileStream<GenericRecord> in =
                new DataFileStream<>(new ByteArrayInputStream(file), new GenericDatumReader<>())) {
            in.forEachRemaining(alerts::add);
        }
        return alerts;
    }

    private static JsonNode json(Answer answer) throws IOException {
        assertThat(answer.status())
                .as(answer.status() == 200 ? "" : answer.text())
                .isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    private static List<BasicHDU<?>> fits(byte[] file) throws IOException {
        try (Fits fits = new Fits(new ByteArrayInputStream(file))) {
            return List.of(fits.read());
        }
    }

    private static List<String> names(List<BasicHDU<?>> parts) {
        return parts.stream()
                .map(part -> part.getHeader().getStringValue("EXTNAME", ""))
                .toList();
    }

    private static BasicHDU<?> named(List<BasicHDU<?>> parts, String name) {
        return parts.get(names(parts).indexOf(name));
    }

    private static byte[] bytes(IndexedRecord alert, String field) {
        return copy((ByteBuffer) alert.get(alert.getSchema().getField(field).pos()));
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    /** Asserts that the JSON document holds the record's values, to the last bit. */
    private static void assertSame(Object value, JsonNode json) {
        if (value instanceof IndexedRecord record) {
            record.getSchema()
                    .getFields()
                    .forEach(field -> assertSame(record.get(field.pos()), json.get(field.name())));
        } else if (value instanceof List<?> list) {
            assertThat(json).hasSize(list.size());
            for (int i = 0; i < list.size(); i++) {
                assertSame(list.get(i), json.get(i));
            }
        } else if (value instanceof ByteBuffer bytes) {
            assertThat(Base64.getDecoder().decode(json.textValue())).isEqualTo(copy(bytes));
        } else if (value instanceof Float number && Float.isFinite(number)) {
            assertThat(json.floatValue()).isEqualTo(number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            assertThat(json.doubleValue()).isEqualTo(number);
        } else if (value == null || value instanceof Float || value instanceof Double) {
            assertThat(json.isNull()).isTrue();
        } else {
            assertThat(json.asText()).isEqualTo(value.toString());
        }
    }

    private static void assertError(Answer answer, int status, String detail) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(new JsonObject(answer.text()).getString("detail")).startsWith(detail);
    }
}
