package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.local.EmbeddedBrokerAlone;
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
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.Header;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Units and descriptions as a user of the single command gets them: with nothing configured or added by hand. */
@EmbeddedBrokerAlone("ROLE=local starts its own broker")
class LocalDescriptionsIT {

    private static final Duration START = Duration.ofSeconds(90);

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void unitsAndDescriptionsReachTheUser() throws Exception {
        Map<String, String> ports = Map.of(
                "LOCAL_KAFKA_PORT", "0",
                "LOCAL_KAFKA_SCRAM_PORT", "0",
                "LOCAL_REGISTRY_PORT", "0",
                "HTTP_PORT", "0",
                "OPS_PORT", "0",
                "SAMPLE_ALERTS", "60");
        try (JarProcess local = JarProcess.start(directory, ports)) {
            String alert = local.await("(http://\\S+/v1/alerts/\\d+)", START).group(1);

            assertPageHasUnits(text(alert.replace("/v1/", "/")));
            assertFitsHasUnits(get(alert + "?format=fits"));
            Schema schema = new Schema.Parser().parse(text(alert + "/schema"));
            assertThat(field(schema, "psfFlux").doc()).contains("nJy");
            try (DataFileStream<GenericRecord> file = new DataFileStream<>(
                    new ByteArrayInputStream(get(alert + "?format=avro")), new GenericDatumReader<>())) {
                assertThat(file.getSchema()).isEqualTo(schema);
                Schema orbits =
                        schema.getField("mpc_orbits").schema().getTypes().get(1);
                Schema time = orbits.getField("created_at").schema().getTypes().get(1);
                assertThat(LogicalTypes.fromSchema(time)).isEqualTo(LogicalTypes.timestampMicros());
            }
        }
    }

    private static void assertPageHasUnits(String page) {
        List<String> flux = Jsoup.parse(page).select("#fields tr").stream()
                .filter(row -> row.select("th").text().equals("psfFlux"))
                .flatMap(row -> row.select("td").eachText().stream())
                .toList();
        assertThat(flux).contains("nJy").anyMatch(text -> text.contains("point source"));
    }

    private static void assertFitsHasUnits(byte[] file) throws Exception {
        try (Fits fits = new Fits(new ByteArrayInputStream(file))) {
            for (BasicHDU<?> part : fits.read()) {
                Header header = part.getHeader();
                for (int column = 1; column <= header.getIntValue("TFIELDS", 0); column++) {
                    if (header.getStringValue("TTYPE" + column).equals("psfFlux")) {
                        assertThat(header.getStringValue("TUNIT" + column)).isEqualTo("nJy");
                        assertThat(header.getStringValue("TCOMM" + column)).isNotBlank();
                        return;
                    }
                }
            }
        }
        throw new AssertionError("no column psfFlux");
    }

    private static Schema.Field field(Schema alert, String name) {
        return alert.getField("diaSource").schema().getField(name);
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
