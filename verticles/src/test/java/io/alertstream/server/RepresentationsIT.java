package io.alertstream.server;

import static io.alertstream.server.ServedArchive.ID;
import static io.alertstream.server.ServedArchive.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.Origin;
import io.alertstream.server.RawHttp.Answer;
import io.alertstream.server.limits.Limits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers of answers: file names, encodings, ETags, and which sites may read them. */
class RepresentationsIT extends ServerFixture {

    private static final String ALERT = "/v1/alerts/" + ID;

    @BeforeEach
    void fillArchive() {
        byte[] packet = ShownAlerts.packet(ShownAlerts.V11, ShownAlerts.record());
        await(served.archive.putSchema(ShownAlerts.V11, ShownAlerts.SCHEMA.toString()));
        await(served.archive.putAlert(ID, packet, new Origin("alerts-simulated", 0, 17, ShownAlerts.V11)));
    }

    @ParameterizedTest
    @CsvSource({
        "'', attachment, ID.wire",
        "?format=avro, attachment, ID.avro",
        "?format=json, inline, ID.json",
        "?format=json&cutouts=false, inline, ID-values.json",
        "?format=fits, attachment, ID.fits",
        "/cutouts/science, attachment, ID-science.fits",
        "/cutouts/template?format=png, inline, ID-template.png",
        "/schema, inline, ID-schema.avsc",
    })
    void eachFormatHasAFileName(String path, String how, String name) throws IOException {
        assertThat(get(ALERT + path).header("Content-Disposition"))
                .isEqualTo(how + "; filename=" + name.replace("ID", String.valueOf(ID)));
    }

    @Test
    void schemasAndListsHaveFileNames() throws IOException {
        assertThat(get("/v1/schemas/" + ShownAlerts.V11).header("Content-Disposition"))
                .isEqualTo("inline; filename=" + ShownAlerts.V11 + ".avsc");
        try (RawHttp http = new RawHttp(served.port())) {
            String list = "[" + ID + "]";
            http.send(RawHttp.text("POST", "/v1/alerts", "Content-Length: " + list.length()) + list);
            assertThat(http.answer(false).header("Content-Disposition")).isEqualTo("attachment; filename=alerts.avro");
        }
    }

    @Test
    void anErrorHasNoFileName() throws IOException {
        assertThat(get("/v1/alerts/1").header("Content-Disposition")).isNull();
        assertThat(get(ALERT + "?format=xml").header("Content-Disposition")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ALERT + "?format=json",
                ALERT + "?format=avro",
                ALERT + "?format=fits",
                ALERT + "/cutouts/science",
                ALERT + "/schema",
                "/v1/schemas/" + ShownAlerts.V11,
                "/openapi.yaml",
                "/assets/uplot.js",
                "/assets/site.css",
                "/alerts/" + ID,
            })
    void compressibleAnswersAreGzippedWithTheirOwnTag(String path) throws IOException {
        Answer plain = get(path);
        Answer gzip = get(path, "Accept-Encoding: gzip");

        assertThat(plain.header("Content-Encoding")).isNull();
        assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(gzip.body().length).isLessThan(plain.body().length);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(gzip.header("ETag")).isNotNull().isNotEqualTo(plain.header("ETag"));
        assertThat(plain.header("Vary")).contains("accept-encoding").isEqualTo(gzip.header("Vary"));
        assertThat(get(path, "Accept-Encoding: gzip", "If-None-Match: " + gzip.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(get(path, "If-None-Match: " + plain.header("ETag")).status()).isEqualTo(304);
        assertThat(get(path, "If-None-Match: " + gzip.header("ETag")).status()).isEqualTo(200);
    }

    @Test
    void aPageDecodesItsAlertOnce() throws IOException {
        assertThat(get("/alerts/" + ID).status()).isEqualTo(200);

        assertThat(served.meters.get("alertstream.server.decoded").counter().count())
                .isEqualTo(1);
    }

    @Test
    void uncacheablePagesAreGzippedToo() throws IOException {
        for (String path : new String[] {"/", "/alerts/1"}) {
            Answer gzip = get(path, "Accept-Encoding: gzip");

            assertThat(gzip.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes(), UTF_8))
                    .contains("</html>");
        }
        assertThat(get(ALERT + "/cutouts/science?format=png", "Accept-Encoding: gzip")
                        .header("Content-Encoding"))
                .as("encoding of a PNG, which is compressed already")
                .isNull();
    }

    /** The ETag follows from the stored bytes; without the schema, the representation can't be made. */
    @ParameterizedTest
    @ValueSource(strings = {"?format=json", "?format=avro", "?format=fits", "/cutouts/science?format=png"})
    void notModifiedIsAnsweredWithoutRendering(String path) throws IOException {
        String tag = get(ALERT + path).header("ETag");
        Files.delete(directory.resolve("schemas/alert_archive/v1/schemas/" + ShownAlerts.V11 + ".json"));
        try (ServedArchive fresh = new ServedArchive(directory, Limits.DEFAULT)) {
            assertThat(RawHttp.request(fresh.port(), "GET", ALERT + path).status())
                    .isEqualTo(404);

            Answer answer = RawHttp.request(fresh.port(), "GET", ALERT + path, "If-None-Match: " + tag);

            assertThat(answer.status()).isEqualTo(304);
            assertThat(answer.header("ETag")).isEqualTo(tag);
            assertThat(RawHttp.request(fresh.port(), "GET", ALERT + path, "If-None-Match: *")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void otherSitesPagesMayRead() throws IOException {
        for (String path :
                new String[] {ALERT, ALERT + "?format=json", "/v1/alerts/1", "/v1/schemas/1", "/openapi.yaml"}) {
            Answer answer = get(path, "Origin: https://elsewhere.example");

            assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(answer.header("Access-Control-Expose-Headers"))
                    .contains("ETag", "Link", "Content-Disposition", "Alerts-Missing");
        }
        Answer preflight = RawHttp.request(
                served.port(),
                "OPTIONS",
                "/v1/alerts",
                "Origin: https://elsewhere.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: content-type");
        assertThat(preflight.status()).isEqualTo(204);
        assertThat(preflight.header("Access-Control-Allow-Methods")).isEqualTo("GET, HEAD, POST");
        assertThat(preflight.header("Access-Control-Allow-Headers")).contains("Content-Type", "If-None-Match");
        assertThat(get("/").headers()).doesNotContainKey("access-control-allow-origin");
    }
}
