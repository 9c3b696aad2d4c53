package io.alertstream.server;

import static io.alertstream.server.ServedArchive.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.server.RawHttp.Answer;
import io.alertstream.server.limits.Limits;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The system page and its events, with and without a real Kafka. */
@KafkaTest
@Timeout(120)
class SystemPageIT {

    private static final String MARKUP = "<img src=x onerror=alert(1)>&amp;{{7*7}}";

    @TempDir
    Path directory;

    @Test
    void showsWhatKafkaReports(TestKafka kafka) throws Exception {
        try (WatchedKafka watched = new WatchedKafka(kafka);
                ServedArchive served = new ServedArchive(directory, Limits.DEFAULT, watched.settings())) {
            served.put(ServedArchive.ID, 100);
            await(served.archive.putSchema(900, "{}"));
            watched.send(watched.staticTopic, 3);
            watched.send(watched.replayTopic, 12);
            watched.read(watched.replayTopic, 12);
            watched.read(MARKUP, 5);

            Document page = page(served);
            while (value(page, "loaded.alerts").equals("–")) {
                page = page(served); // The page doesn't wait for a busy Kafka; the next look shows its answer.
            }

            assertThat(value(page, "loaded.alerts")).isEqualTo("3");
            assertThat(value(page, "replayed.alerts")).isEqualTo("12");
            assertThat(value(page, "archived.alerts")).isEqualTo("12");
            assertThat(shown(page, ".notice")).isEmpty();
            assertThat(page.select("#group-rows th").eachText()).contains(MARKUP, watched.replayTopic);
            Element hostile = page.select("#group-rows tr").stream()
                    .filter(row -> row.text().contains("onerror"))
                    .findFirst()
                    .orElseThrow();
            assertThat(hostile.text()).contains("no members", "7");
            assertThat(hostile.select("img")).isEmpty();
            watched.forget(MARKUP);
        }
    }

    @Test
    void eventsFollowKafka(TestKafka kafka) throws Exception {
        try (WatchedKafka watched = new WatchedKafka(kafka);
                ServedArchive served = new ServedArchive(directory, Limits.DEFAULT, watched.settings());
                Stream<String> lines = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + served.port() + "/v1/events"))
                                        .build(),
                                BodyHandlers.ofLines())
                        .body()) {
            Iterator<JsonObject> states = lines.filter(line -> line.startsWith("data: "))
                    .map(line -> new JsonObject(line.substring("data: ".length())))
                    .iterator();
            assertThat(states.next().getJsonArray("groups").stream().map(group -> name(group)))
                    .doesNotContain(watched.replayTopic);

            watched.send(watched.replayTopic, 10);
            watched.read(watched.replayTopic, 4);
            until(states, watched, "no members", 6);
            watched.read(watched.replayTopic, 10);
            until(states, watched, "up to date", 0);
            watched.forget(watched.replayTopic);
            until(states, watched, "gone", 0);
        }
    }

    private static void until(Iterator<JsonObject> states, WatchedKafka watched, String status, long lag) {
        while (states.next().getJsonArray("groups").stream()
                .map(JsonObject.class::cast)
                .noneMatch(group -> group.getString("name").equals(watched.replayTopic)
                        && group.getString("status").equals(status)
                        && group.getLong("lag") == lag)) {
            // The next event comes within a second; the test has a time limit.
        }
    }

    private static String name(Object group) {
        return ((JsonObject) group).getString("name");
    }

    @Test
    void worksWithoutKafkaAndSaysSo() throws IOException {
        try (ServedArchive served = new ServedArchive(directory, Limits.DEFAULT)) {
            served.put(ServedArchive.ID, 100);
            await(served.archive.putSchema(900, "{}"));
            Bus bus = Bus.of(served.vertx);
            bus.publish(new Fact.VisitPlanned("t", Optional.of(Duration.ofSeconds(30)), false));
            bus.publish(new Fact.AlertsArchived(1_234, 1, 5, 1, List.of(Long.MAX_VALUE)));

            Document page = page(served);

            assertThat(shown(page, ".notice")).singleElement().asString().contains("KAFKA_BOOTSTRAP_SERVERS");
            assertThat(value(page, "loaded.alerts")).isEqualTo("–");
            assertThat(value(page, "archived.alerts")).isEqualTo("1,240");
            assertThat(value(page, "deadLetters")).isEqualTo("1");
            assertThat(page.selectFirst("#countdown").text()).isIn("30 s", "29 s");
            assertThat(page.select("#latest-alerts a").eachAttr("href")).containsExactly("/alerts/" + Long.MAX_VALUE);
        }
    }

    @Test
    void itNeedsNoScript() throws IOException {
        try (ServedArchive served = new ServedArchive(directory, Limits.DEFAULT)) {
            Answer answer = RawHttp.request(served.port(), "GET", "/");
            Document page = Jsoup.parse(new String(answer.body(), UTF_8));

            assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(page.select("script:not([src]), style, [style]")).isEmpty();
            assertThat(page.select("head noscript").outerHtml()).contains("http-equiv=\"refresh\"");
            assertThat(page.select("form[role=search] input[name=id]")).hasSize(1);
            assertThat(shown(page, "#latest-alerts + p")).hasSize(1);
        }
    }

    @Test
    void servedAlertsAreCounted() throws IOException {
        try (ServedArchive served = new ServedArchive(directory, Limits.DEFAULT)) {
            served.put(ServedArchive.ID, 100);
            RawHttp.request(served.port(), "GET", "/v1/alerts/" + ServedArchive.ID);
            RawHttp.request(served.port(), "HEAD", "/v1/alerts/" + ServedArchive.ID);
            RawHttp.request(served.port(), "GET", "/v1/alerts/1");
            RawHttp.request(served.port(), "GET", "/v1/alerts/" + ServedArchive.ID + "?format=json");

            assertThat(value(page(served), "served.alerts")).isEqualTo("1");
        }
    }

    private static Document page(ServedArchive served) throws IOException {
        Answer answer = RawHttp.request(served.port(), "GET", "/");
        assertThat(answer.status()).isEqualTo(200);
        return Jsoup.parse(new String(answer.body(), UTF_8));
    }

    private static String value(Document page, String path) {
        return page.selectFirst("[data-value=" + path + "]").text();
    }

    private static List<String> shown(Document page, String selector) {
        return page.select(selector + ":not([hidden])").eachText();
    }
}
