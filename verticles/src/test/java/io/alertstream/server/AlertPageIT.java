package io.alertstream.server;

import static io.alertstream.server.ServedArchive.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.Origin;
import io.alertstream.server.RawHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.avro.generic.GenericRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page for an alert, over real HTTP. */
class AlertPageIT {

    private static final long ID = 11;
    private static final String PAGE = "/alerts/" + ID;

    @TempDir
    Path directory;

    private ServedArchive served;

    @BeforeEach
    void serve() {
        served = new ServedArchive(directory, Limits.DEFAULT);
        await(served.archive.putSchema(ShownAlerts.V11, ShownAlerts.SCHEMA.toString()));
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void anAlertHasAPage() throws IOException {
        put(ShownAlerts.record());

        Answer answer = get(PAGE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page(answer).selectFirst("h1").text()).contains("11");
    }

    @ParameterizedTest
    @ValueSource(strings = {PAGE, "/alerts/12", "/alerts/none", "/alerts/1/2", "/alerts"})
    void nothingFromElsewhereIsLetIn(String path) throws IOException {
        put(ShownAlerts.record());

        Answer answer = get(path);

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        Document page = page(answer);
        assertThat(page.select("script:not([src]), style, [style]")).isEmpty();
        assertThat(page.select("[src]").eachAttr("src")).allMatch(address -> address.startsWith("/"));
        assertThat(page.select("link").eachAttr("href")).allMatch(address -> address.startsWith("/assets/"));
    }

    @Test
    void errorsOfPagesArePages() throws IOException {
        put(ShownAlerts.record());
        assertThat(page(get("/alerts/12", 404)).selectFirst("main").text()).contains("no alert 12");
        assertThat(page(get("/alerts/%3Cscript%3E", 400)).selectFirst("main").text())
                .contains("decimal digits");
        assertThat(page(get("/alerts/1/2", 404)).selectFirst("main form, .error"))
                .isNotNull();
        assertThat(get("/alert", 404).header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void theSearchLeadsToThePage() throws IOException {
        assertThat(get("/alerts?id=+LSST-AP-DS-11+", 303).header("Location")).isEqualTo(PAGE);
        assertThat(get("/alerts?id=https://elsewhere", 400).header("Location")).isNull();
    }

    @Test
    void filesOfPagesAreKeptByBrowsers() throws IOException {
        put(ShownAlerts.record());
        Document page = page(get(PAGE));

        for (String address : page.select("link[href], script[src]").stream()
                .map(element -> element.hasAttr("src") ? element.attr("src") : element.attr("href"))
                .toList()) {
            Answer file = get(address, 200);
            assertThat(file.header("Cache-Control")).contains("immutable");
            assertThat(file.body()).isNotEmpty();
            String bare = address.substring(0, address.indexOf('?'));
            assertThat(get(bare, 200).header("Cache-Control")).isEqualTo("no-cache");
            assertThat(RawHttp.request(served.port(), "GET", bare, "If-None-Match: " + file.header("ETag"))
                            .status())
                    .isEqualTo(304);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/..%2Fopenapi.yaml",
                "/assets/layout.peb",
                "/assets/assets.properties",
                "/assets/%2Fetc%2Fpasswd",
                "/assets/site.css%00"
            })
    void noOtherFileIsServed(String path) throws IOException {
        assertThat(get(path).status()).isIn(400, 404);
    }

    private void put(GenericRecord alert) {
        await(served.archive.putAlert(
                ID, ShownAlerts.packet(ShownAlerts.V11, alert), new Origin("alerts-simulated", 0, 17, 900)));
    }

    private Answer get(String path) throws IOException {
        return RawHttp.request(served.port(), "GET", path);
    }

    private Answer get(String path, int status) throws IOException {
        Answer answer = get(path);
        assertThat(answer.status()).as(path).isEqualTo(status);
        return answer;
    }

    private static Document page(Answer answer) {
        return Jsoup.parse(new String(answer.body(), StandardCharsets.UTF_8));
    }
}
