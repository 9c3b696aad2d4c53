package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sends alerts in the Zwicky Transient Facility's format through the whole system. */
class OtherSurveyIT {

    private static final Duration START = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void alertsOfAnotherSurveyAreLoadedArchivedAndShown() throws Exception {
        Path file = ZtfAlerts.write(directory.resolve("ztf.avro"), 4);
        Map<String, String> settings = Map.ofEntries(
                Map.entry("LOCAL_KAFKA_PORT", "0"),
                Map.entry("LOCAL_KAFKA_SCRAM_PORT", "0"),
                Map.entry("LOCAL_REGISTRY_PORT", "0"),
                Map.entry("HTTP_PORT", "0"),
                Map.entry("OPS_PORT", "0"),
                Map.entry("ALERTS_FILE", file.toString()),
                Map.entry("ALERTS_SCHEMA", "as-written"),
                Map.entry("ALERT_PROFILE", "ztf"),
                Map.entry("SCHEMA_ID", "registry"));
        try (JarProcess local = JarProcess.start(directory, settings)) {
            String latest = local.await("(http://\\S+/v1/alerts/\\d+)", START).group(1);
            String alert = latest.substring(0, latest.lastIndexOf('/') + 1) + ZtfAlerts.id(0);

            assertThatFormatsHoldIt(alert);
            assertThatCutoutsAreShown(alert);
            assertThatThePageShowsIt(Jsoup.parse(text(alert.replace("/v1/", "/"))));
        }
    }

    private void assertThatFormatsHoldIt(String alert) throws Exception {
        try (DataFileStream<GenericRecord> container = new DataFileStream<>(
                new ByteArrayInputStream(get(alert + "?format=avro")), new GenericDatumReader<>())) {
            assertThat(container.next()).hasToString(ZtfAlerts.alert(0).toString());
        }
        JsonNode json = JSON.readTree(get(alert + "?format=json&cutouts=false"));
        assertThat(json.get("candid").longValue()).isEqualTo(ZtfAlerts.id(0));
        assertThat(json.has("cutoutScience")).isFalse();
        try (Fits fits = new Fits(new ByteArrayInputStream(get(alert + "?format=fits")))) {
            BasicHDU<?>[] parts = fits.read();
            assertThat(parts[0].getHeader().getStringValue("FILTER")).isEqualTo("r");
            assertThat(parts[0].getHeader().getDoubleValue("MJD-AVG"))
                    .isEqualTo(ZtfAlerts.JD - 2_400_000.5 + 37 / 86_400.0);
            assertThat(List.of(parts))
                    .extracting(part -> part.getHeader().getStringValue("EXTNAME", ""))
                    .contains("DIFFERENCE", "SCIENCE", "TEMPLATE", "CANDIDATE", "PRV_CANDIDATES");
        }
    }

    private void assertThatCutoutsAreShown(String alert) throws Exception {
        for (String name : List.of("difference", "science", "template")) {
            assertThat(text(alert + "/cutouts/" + name)).startsWith("SIMPLE  =");
            byte[] png = get(alert + "/cutouts/" + name + "?format=png");
            assertThat(ImageIO.read(new ByteArrayInputStream(png))).isNotNull();
        }
    }

    private static void assertThatThePageShowsIt(Document page) {
        assertThat(page.text())
                .contains("Band r")
                .contains("Difference magnitude 18.")
                .contains("Object " + ZtfAlerts.OBJECT)
                .contains("150.1000000");
        assertThat(page.select("a[href*=" + ZtfAlerts.OBJECT + "]")).hasSize(3);
        assertThat(page.select("img[src*=cutouts]")).hasSize(3);
    }

    private byte[] get(String address) throws Exception {
        HttpResponse<byte[]> answer =
                http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(address).isEqualTo(200);
        return answer.body();
    }

    private String text(String address) throws Exception {
        return new String(get(address), StandardCharsets.UTF_8);
    }
}
