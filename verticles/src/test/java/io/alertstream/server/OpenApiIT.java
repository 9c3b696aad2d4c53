package io.alertstream.server;

import static io.alertstream.server.ServedArchive.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.archive.Origin;
import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.server.RawHttp.Answer;
import io.alertstream.server.limits.Limits;
import io.alertstream.server.protocol.Offer;
import io.alertstream.server.routes.AlertFormat;
import io.alertstream.server.routes.CutoutFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API behaves as {@code /openapi.yaml} describes it. */
class OpenApiIT {

    private static final long ID = 11;
    private static final long BROKEN = 12;
    private static final long WITHOUT_CUTOUTS = 13;
    private static final long NO_PICTURE = 16;
    private static final long ABSENT = 404;
    private static final Limits ONE_LISTENER =
            new Limits(100, 2_000, Duration.ofMinutes(1), 100, 64 << 20, 16 << 20, 1 << 20, 1 << 20, 1);
    private static final String ALERT = "/v1/alerts/" + ID;

    @TempDir
    Path directory;

    private ServedArchive served;
    private Described described;

    @BeforeEach
    void serve() throws IOException {
        served = new ServedArchive(directory, ONE_LISTENER);
        await(served.archive.putSchema(ShownAlerts.V11, ShownAlerts.SCHEMA.toString()));
        described = new Described(served.vertx, ask("GET", "/openapi.yaml", "").text());
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void pathsAndDescriptionsAgree() {
        assertThat(described.paths())
                .isEqualTo(served.server.paths().stream()
                        // Leaves out prefixes of paths, which end with a slash.
                        .filter(path -> path.equals("/") || !path.endsWith("/"))
                        .map(path -> path.replaceAll(":(\\w+)", "{$1}"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyFormatIsDescribed() {
        assertThat(described.values("/v1/alerts/{id}", "format")).isEqualTo(formats(AlertFormat.values()));
        assertThat(described.values("/v1/alerts/{id}/cutouts/{name}", "format"))
                .isEqualTo(formats(CutoutFormat.values()));
    }

    private static Set<String> formats(Offer... offers) {
        return Arrays.stream(offers).map(Offer::format).collect(Collectors.toSet());
    }

    @Test
    void everyAnswerIsAsDescribed() throws IOException {
        byte[] packet = ShownAlerts.packet(ShownAlerts.V11, ShownAlerts.record());
        put(ID, packet);
        put(BROKEN, Arrays.copyOf(packet, packet.length - 1));
        put(WITHOUT_CUTOUTS, ShownAlerts.packet(ShownAlerts.V11, ShownAlerts.bare()));

        GenericRecord noPicture = ShownAlerts.record();
        noPicture.put("cutoutScience", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        put(NO_PICTURE, ShownAlerts.packet(ShownAlerts.V11, noPicture));

        check("/v1/health", 200);
        check("/openapi.yaml", 200);
        checkNotModified("/openapi.yaml");

        for (AlertFormat format : AlertFormat.values()) {
            check(ALERT + "?format=" + format.format(), 200);
        }
        check(ALERT, 200, "Accept-Encoding: gzip");
        checkNotModified(ALERT);
        check("/v1/alerts/x", 400);
        check("/v1/alerts/" + ABSENT, 404);
        check(ALERT, 406, "Accept: video/mp4");
        check("/v1/alerts/" + BROKEN + "?format=json", 422);

        check(ALERT + "/schema", 200);
        checkNotModified(ALERT + "/schema");
        check("/v1/alerts/x/schema", 400);
        check("/v1/alerts/" + ABSENT + "/schema", 404);

        for (CutoutFormat format : CutoutFormat.values()) {
            check(ALERT + "/cutouts/science?format=" + format.format(), 200);
        }
        check(ALERT + "/cutouts/difference?format=png&stretch=zscale&size=64", 200);
        checkNotModified(ALERT + "/cutouts/template");
        check(ALERT + "/cutouts/science?size=0&format=png", 400);
        check("/v1/alerts/" + NO_PICTURE + "/cutouts/science?format=png", 422);
        check("/v1/alerts/" + WITHOUT_CUTOUTS + "/cutouts/science", 404);
        check(ALERT + "/cutouts/science", 406, "Accept: video/mp4");
        check("/v1/alerts/" + BROKEN + "/cutouts/science", 422);

        check("/v1/schemas/" + ShownAlerts.V11, 200);
        checkNotModified("/v1/schemas/" + ShownAlerts.V11);
        check("/v1/schemas/x", 400);
        check("/v1/schemas/" + ABSENT, 404);

        checkPost("[" + ID + ", " + ABSENT + "]", 200);
        checkPost("[]", 400);
        checkPost("[" + ABSENT + "]", 404);
        checkPost("[" + ID + "]", 406, "Accept: video/mp4");
        checkPost("[" + " ".repeat(600_000) + "1]", 413);

        check("/", 200);
        check("/api", 200);
        check("/connect", 200);
        try (RawHttp http = new RawHttp(served.port())) {
            Bus.of(served.vertx).publish(new Fact.AlertsArchived(1, 1, 1, 1, List.of(ID)));
            http.send(RawHttp.text("GET", "/v1/events"));
            described.check("GET", "/v1/events", http.beginning(2));
            check("/v1/events", 503);
        }

        check("/alerts?id=" + ID, 303);
        check("/alerts?id=x", 400);
        check("/alerts/" + ID, 200);
        checkNotModified("/alerts/" + ID);
        check("/alerts/x", 400);
        check("/alerts/" + ABSENT, 404);
        for (String name : new String[] {"site.css", "uplot.js", "favicon.svg"}) {
            check("/assets/" + name, 200);
        }
        checkNotModified("/assets/site.css");
        check("/assets/other.css", 404);

        Path damaged = directory.resolve("alerts/alert_archive/v1/alerts/14.avro.gz");
        Files.write(damaged, new byte[] {1, 2, 3});
        check("/v1/alerts/14/schema", 503);
        check("/alerts/14", 503);
        put(18, new byte[] {1, 2, 3});
        check("/v1/alerts/18/schema", 422);
        check("/alerts/18", 422);

        Files.move(directory.resolve("alerts"), directory.resolve("away"));
        Files.move(directory.resolve("schemas"), directory.resolve("schemas-away"));
        for (String path : new String[] {"", "/schema", "/cutouts/science"}) {
            check("/v1/alerts/15" + path, 503);
        }
        check("/v1/schemas/15", 503);
        check("/alerts/15", 503);
        checkPost("[15]", 503);
        Files.move(directory.resolve("away"), directory.resolve("alerts"));
        Files.move(directory.resolve("schemas-away"), directory.resolve("schemas"));

        assertThat(described.unseen()).isEmpty();
    }

    @Test
    void aDeviatingAnswerIsDetected() throws IOException {
        Answer health = ask("GET", "/v1/health", "");
        assertRefused("/v1/elsewhere", health);
        assertRefused("/v1/health", new Answer(404, health.headers(), health.body()));
        assertRefused("/v1/health", new Answer(200, Map.of("content-type", "text/html"), health.body()));
        assertRefused("/v1/health", new Answer(200, health.headers(), new byte[0]));

        Answer absent = ask("GET", "/v1/alerts/1", "");
        described.check("GET", "/v1/alerts/1", absent);
        assertRefused("/v1/alerts/1", new Answer(404, absent.headers(), "{}".getBytes(StandardCharsets.UTF_8)));
        assertRefused("/v1/alerts/1", new Answer(404, absent.headers(), "{".getBytes(StandardCharsets.UTF_8)));

        Answer schema = ask("GET", "/v1/schemas/" + ShownAlerts.V11, "");
        Map<String, String> headers = new TreeMap<>(schema.headers());
        headers.put("cache-control", "no-store");
        assertRefused("/v1/schemas/1", new Answer(200, headers, schema.body()));
        headers.remove("cache-control");
        assertRefused("/v1/schemas/1", new Answer(200, headers, schema.body()));
    }

    private void assertRefused(String path, Answer answer) {
        assertThatThrownBy(() -> described.check("GET", path, answer)).isInstanceOf(AssertionError.class);
    }

    private void put(long id, byte[] packet) {
        await(served.archive.putAlert(id, packet, new Origin("alerts-simulated", 0, 17, ShownAlerts.V11)));
    }

    private void check(String target, int status, String... headers) throws IOException {
        check("GET", target, "", status, headers);
    }

    private void checkPost(String body, int status, String... headers) throws IOException {
        check("POST", "/v1/alerts", body, status, headers);
    }

    private void checkNotModified(String target) throws IOException {
        check(target, 304, "If-None-Match: " + ask("GET", target, "").header("ETag"));
    }

    private void check(String method, String target, String body, int status, String... headers) throws IOException {
        Answer answer = ask(method, target, body, headers);
        assertThat(answer.status())
                .as("%s %s: %s", method, target, answer.text())
                .isEqualTo(status);
        described.check(method, target, answer);
    }

    private Answer ask(String method, String target, String body, String... headers) throws IOException {
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = "Content-Length: " + body.length();
        try (RawHttp http = new RawHttp(served.port())) {
            http.send(RawHttp.text(method, target, all) + body);
            return http.answer(false);
        }
    }
}
