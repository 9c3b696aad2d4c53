package io.alertstream.server;

import static io.alertstream.server.ServedArchive.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.Origin;
import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.server.RawHttp.Answer;
import io.alertstream.server.limits.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
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
    void thePageShowsTheAlertsContent() throws IOException {
        GenericRecord alert = ShownAlerts.record();
        put(alert);
        GenericRecord source = (GenericRecord) alert.get("diaSource");

        Answer answer = get(PAGE, 200);
        Document page = page(answer);

        assertThat(answer.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.title()).startsWith("Alert 11");
        assertThat(page.select(".facts dt").eachText())
                .contains("Seen", "UTC", "MJD", "Band", "Difference flux", "Signal to noise", "Object");
        assertThat(page.select(".place").text())
                .contains(String.format(Locale.ROOT, "%.7f", (Double) source.get("ra")));
        assertThat(page.select(".place").text()).contains("galactic", "ecliptic");
        assertThat(page.select("a[rel~=external]").eachText()).contains("Aladin Lite ↗", "SIMBAD ↗", "NED ↗", "TNS ↗");
        assertThat(page.select("a[rel~=external]").eachAttr("href"))
                .allMatch(address -> address.startsWith("https://"));
        assertThat(page.select(".points tbody tr"))
                .hasSize(1
                        + list(alert, "prvDiaSources").size()
                        + list(alert, "prvDiaForcedSources").size());
        Element flux = field(page, "diaSource", "psfFlux");
        assertThat(flux.select("td").eachText())
                .startsWith(source.get("psfFlux").toString(), "nJy")
                .last()
                .asString()
                .isNotEmpty()
                .doesNotContain("nJy");
        for (String link : page.select(".images img").eachAttr("src")) {
            assertThat(get(link, 200).header("Content-Type")).isEqualTo("image/png");
        }
        for (String link : page.select("a[download]").eachAttr("href")) {
            assertThat(get(link, 200).body()).isNotEmpty();
        }
    }

    @Test
    void anotherStretchIsALink() throws IOException {
        put(ShownAlerts.record());

        Document page = page(get(PAGE + "?stretch=linear", 200));

        assertThat(page.select(".images img").eachAttr("src"))
                .hasSize(3)
                .filteredOn(address -> !address.contains("difference"))
                .allMatch(address -> address.contains("stretch=linear"));
        assertThat(page.select(".images img[src*=difference]").attr("src")).contains("stretch=signed");
        assertThat(page.select("#stretches [aria-current]").text()).isEqualTo("linear");
        assertThat(page(get(PAGE + "?stretch=log", 400)).select(".error").text())
                .contains("linear, asinh, zscale or signed");
    }

    @Test
    void onlyArchivedAlertsAreLinked() throws IOException {
        put(ShownAlerts.withHistory(3));

        Document page = page(get(PAGE, 200));

        assertThat(page.select("a[rel=prev], a[rel=next], .points a")).isEmpty();
        assertThat(page.select(".headline nav").text()).contains("No earlier alert of this object in the archive");

        put(1_000_002, ShownAlerts.V11, ShownAlerts.record());
        page = page(get(PAGE, 200));

        assertThat(page.select("a[rel=prev]").eachAttr("href")).containsExactly("/alerts/1000002");
        assertThat(page.select(".points a").eachAttr("href")).containsExactly("/alerts/1000002");
    }

    @Test
    void theSkyIsMarkedOnTheCutouts() throws IOException {
        put(ShownAlerts.record());

        Document page = page(get(PAGE, 200));

        assertThat(page.select(".marks")).hasSize(3);
        for (Element marks : page.select(".marks")) {
            assertThat(marks.select("text").eachText()).containsExactly("N", "E", "5″");
            // The sample's alerts are in the middle of their 30-pixel cutouts.
            String[] cross = marks.selectFirst("path").attr("d").substring(1).split("[ v]", -1);
            assertThat(Double.parseDouble(cross[0])).isBetween(14.0, 16.0);
        }
    }

    @Test
    void anOrbitIsShown() throws IOException {
        GenericRecord asteroid = ShownAlerts.all(200).stream()
                .filter(alert -> alert.get("ssSource") != null && alert.get("mpc_orbits") != null)
                .findFirst()
                .orElseThrow();
        put(asteroid);

        Document page = page(get(PAGE, 200));

        assertThat(page.select(".orbit dt").eachText())
                .contains("Designation", "Distance from the Sun", "Distance from Earth", "Perihelion", "Inclination");
        assertThat(page.select("a[href^=https://www.minorplanetcenter.net/]")).hasSize(1);
    }

    @Test
    void anObjectsIdFindsItsAlerts() throws IOException {
        GenericRecord alert = ShownAlerts.record();
        ((GenericRecord) alert.get("diaSource")).put("diaObjectId", 4711L);
        put(alert);

        assertThat(page(get("/alerts/4711", 404)).select(".error").text()).contains("If it is an object's id");
        get(PAGE, 200);

        Document object = page(get("/alerts/4711", 200));
        assertThat(object.title()).startsWith("Object 4711");
        assertThat(object.select(".ids a").eachAttr("href")).containsExactly(PAGE);
    }

    @Test
    void anObjectIsFoundAmongTheLatestArchivedAlerts() throws IOException {
        GenericRecord alert = ShownAlerts.record();
        ((GenericRecord) alert.get("diaSource")).put("diaObjectId", 4711L);
        put(alert);
        Bus.of(served.vertx).publish(new Fact.AlertsArchived(1, 1, 0, 0, List.of(ID)));

        // The fact may take a moment to arrive.
        Answer answer = get("/alerts/4711");
        for (int tries = 0; answer.status() == 404 && tries < 1_000; tries++) {
            answer = get("/alerts/4711");
        }

        assertThat(page(answer).select(".ids a").eachAttr("href")).containsExactly(PAGE);
    }

    @Test
    void theGuidesNameTheSystemsAddresses() throws IOException {
        put(ShownAlerts.record());

        assertThat(page(get("/connect", 200)).text())
                .contains("BROKER:9094", "SASL_SSL", "This server doesn’t know broker");
        assertThat(page(get("/api", 200)).select(".lines").eachText())
                .contains("curl -sf 'http://localhost/v1/health'");

        Bus bus = Bus.of(served.vertx);
        bus.publish(new Fact.AlertsArchived(1, 1, 0, 0, List.of(ID)));
        bus.publish(new Fact.SystemReachable(
                "127.0.0.1:19094", "community", "secret", "alerts-simulated", "http://127.0.0.1:18081"));
        Document guide = page(get("/connect", 200));
        for (int tries = 0; !guide.text().contains("19094") && tries < 1_000; tries++) {
            guide = page(get("/connect", 200));
        }

        assertThat(guide.select("h2").eachText()).containsExactly("Where", "Python", "Java", "Go", "kcat");
        assertThat(guide.select(".lines").eachText())
                .filteredOn(lines -> lines.contains("19094"))
                .hasSize(4)
                .allMatch(lines -> lines.contains("community"));
        assertThat(page(get("/api", 200)).select(".lines").text()).contains("/v1/alerts/" + ID + "?format=avro");
    }

    @Test
    void theTotalIsShownBesideTheDifference() throws IOException {
        GenericRecord alert = ShownAlerts.record();
        ((GenericRecord) alert.get("diaSource")).put("scienceFlux", 1_000f);
        put(alert);

        Document page = page(get(PAGE, 200));

        assertThat(page.select("#quantity label").eachText())
                .containsExactly("difference flux", "difference magnitude", "total flux", "total magnitude");
        Element own = page.selectFirst(".points tr[data-kind=ALERT]");
        assertThat(own.select("td").eachText()).contains("1000.0", "23.900");
    }

    @Test
    void aLongHistoryIsShown() throws IOException {
        put(ShownAlerts.withHistory(1_000));

        assertThat(page(get(PAGE, 200)).select(".points tbody tr")).hasSizeGreaterThan(1_000);
    }

    @Test
    void anAlertOfNullsIsShown() throws IOException {
        put(ShownAlerts.bare());

        Document page = page(get(PAGE, 200));

        assertThat(page.select(".images img")).isEmpty();
        assertThat(page.select(".images .none")).hasSize(3);
        assertThat(page.select(".points tbody tr")).hasSize(1);
        assertThat(field(page, "alert", "cutoutScience").select("td").first().text())
                .isEqualTo("null");
    }

    @Test
    void notANumberIsOmitted() throws IOException {
        put(ShownAlerts.notANumber());

        Document page = page(get(PAGE, 200));

        assertThat(page.select(".facts, .place, .points").text()).doesNotContain("NaN", "Infinity");
        assertThat(page.select("#position").parents().text()).contains("The packet has none");
        assertThat(field(page, "diaSource", "ra").select("td").first().text()).isIn("NaN", "Infinity");
    }

    @Test
    void markupInAnAlertIsText() throws IOException {
        GenericRecord alert = ShownAlerts.withMarkup();
        Schema schema = new Schema.Parser()
                .parse(alert.getSchema()
                        .toString()
                        .replace("\"doc\":\"Right ascension", "\"doc\":\"<img src=x onerror=alert(1)>Right ascension"));
        await(served.archive.putSchema(2, schema.toString()));
        put(2, alert);

        Document page = page(get(PAGE, 200));

        assertThat(page.select("script").eachAttr("src")).hasSize(2).allMatch(src -> src.startsWith("/assets/"));
        assertThat(page.select("img").eachAttr("src")).allMatch(src -> src.startsWith("/v1/alerts/11/"));
        assertThat(page.select("b, [onerror], [onload]")).isEmpty();
        assertThat(field(page, "alert", "observation_reason")
                        .select("td")
                        .first()
                        .text())
                .isEqualTo("<script>document.title='owned'</script>");
        assertThat(field(page, "alert", "target_name").select("td").first().text())
                .startsWith("\"'><img src=x onerror=alert(1)>&amp;{{7*7}}");
        assertThat(page.select(".points").text()).contains("</script><b>");
        assertThat(field(page, "diaSource", "ra").select("td").last().text()).startsWith("<img src=x");
    }

    @Test
    void theRealPacketHasAPage() throws IOException {
        await(served.archive.putSchema(ShownAlerts.V9, ShownAlerts.v9().toString()));
        await(served.archive.putAlert(ID, ShownAlerts.real(), new Origin("alerts-simulated", 0, 17, ShownAlerts.V9)));

        Document page = page(get(PAGE, 200));

        assertThat(page.select(".facts").text()).contains("2025-10-13 05:35:39 TAI", "\u22121230 ± 246 nJy");
        assertThat(page.select(".place").text()).contains("03:43:00.511 \u221232:16:06.52");
        assertThat(page.select(".images img")).hasSize(3);
        assertThat(field(page, "diaSource", "raErr").select("td").get(1).text()).isEqualTo("deg");
    }

    @Test
    void anEarlySchemaHasAPageToo() throws IOException {
        await(served.archive.putSchema(300, ShownAlerts.early().toString()));
        put(300, ShownAlerts.record());

        Document page = page(get(PAGE, 200));

        assertThat(page.select(".facts dt").eachText()).contains("Seen", "Band", "Difference flux");
        assertThat(page.select(".place")).hasSize(4);
        assertThat(page.select(".images img")).hasSize(2);
        assertThat(page.select(".points tbody td:nth-child(4)").eachText()).allMatch(flux -> flux.matches("-?[0-9.]+"));
    }

    @Test
    void nestedRecordsAreShownAndRecursiveOnesEnd() throws IOException {
        Schema schema = new Schema.Parser().parse("""
                        {"type": "record", "name": "alert", "fields": [
                          {"name": "alertId", "type": "long"},
                          {"name": "numbers", "type": {"type": "array", "items": "int"}},
                          {"name": "next", "type": ["null", "alert"]}]}""");
        GenericRecord alert = null;
        for (int depth = 30; depth > 0; depth--) {
            GenericRecord outer = new GenericData.Record(schema);
            outer.put("alertId", (long) depth);
            outer.put("numbers", Collections.nCopies(10_000, depth));
            outer.put("next", alert);
            alert = outer;
        }
        await(served.archive.putSchema(2, schema.toString()));
        put(2, alert);

        Document page = page(get(PAGE, 200));

        assertThat(page.select("#fields .group").eachText())
                .contains("alert", "next", "next.next")
                .hasSizeLessThan(20);
        assertThat(field(page, "next", "alertId").select("td").first().text()).isEqualTo("2");
        assertThat(field(page, "next", "numbers").select("td").first().text())
                .startsWith("2, 2, 2")
                .endsWith(", …")
                .hasSizeLessThan(1_000);
        assertThat(page.select(".facts, .place, .points")).isEmpty();
    }

    @Test
    void anUndecodableAlertIsReported() throws IOException {
        put(77, ShownAlerts.record());

        assertThat(page(get(PAGE, 404)).select(".error").text()).contains("schema 77 isn't in the archive");
    }

    @ParameterizedTest
    @ValueSource(strings = {PAGE, "/alerts/12", "/alerts/none", "/alerts/1/2", "/alerts"})
    void thePolicyAllowsNothingFromOtherHosts(String path) throws IOException {
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
        assertThat(page(get("/alerts?id=%zz", 400)).select(".error").text()).contains("malformed");
        assertThat(get("/alert", 404).header("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void theSearchLeadsToThePage() throws IOException {
        assertThat(get("/alerts?id=+LSST-AP-DS-11+", 303).header("Location")).isEqualTo(PAGE);
        assertThat(get("/alerts?id=https://elsewhere", 400).header("Location")).isNull();
    }

    @Test
    void assetsAreCachedByBrowsers() throws IOException {
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
        put(ShownAlerts.V11, alert);
    }

    private void put(int schemaId, GenericRecord alert) {
        put(ID, schemaId, alert);
    }

    private void put(long id, int schemaId, GenericRecord alert) {
        await(served.archive.putAlert(
                id, ShownAlerts.packet(schemaId, alert), new Origin("alerts-simulated", 0, 17, schemaId)));
    }

    private static List<?> list(GenericRecord alert, String field) {
        return alert.get(field) instanceof List<?> list ? list : List.of();
    }

    /** The row of a field in the table of the record. */
    private static Element field(Document page, String group, String name) {
        for (Element body : page.select("#fields tbody")) {
            if (body.selectFirst(".group").text().equals(group)) {
                for (Element row : body.select("tr")) {
                    if (row.selectFirst("th").text().equals(name)) {
                        return row;
                    }
                }
            }
        }
        throw new AssertionError("no row for " + group + "." + name);
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
