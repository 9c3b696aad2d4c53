package io.alertstream.server.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.server.RawHttp;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientsTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "none        | X-Forwarded-For: 192.0.2.1                        | 127.0.0.1",
                "192.0.2.9   | X-Forwarded-For: 192.0.2.1                        | 127.0.0.1",
                "127.0.0.1   | X-Forwarded-For: 192.0.2.1                        | 192.0.2.1",
                "127.0.0.0/8 | X-Forwarded-For: 192.0.2.1                        | 192.0.2.1",
                "127.0.0.1   | X: y                                              | 127.0.0.1",
                "127.0.0.1   | X-Forwarded-For: 203.0.113.7, 192.0.2.1           | 192.0.2.1",
                "127.0.0.1, 192.0.2.0/24 | X-Forwarded-For: 203.0.113.7, 192.0.2.1 | 203.0.113.7",
                "127.0.0.1, 192.0.2.0/24 | X-Forwarded-For: 192.0.2.1            | 192.0.2.1",
                "127.0.0.1   | X-Forwarded-For: 192.0.2.1:4711                   | 192.0.2.1",
                "127.0.0.1   | X-Forwarded-For: nonsense                         | 127.0.0.1",
                "127.0.0.1   | X-Forwarded-For: 192.0.2.1, unknown               | 127.0.0.1",
                "127.0.0.1   | X-Forwarded-For: 2001:db8:1:2:3:4:5:6             | 20010db800010002",
                "127.0.0.1   | Forwarded: for=192.0.2.1                          | 192.0.2.1",
                "127.0.0.1   | Forwarded: proto=http;For=\"192.0.2.1:80\";by=x  | 192.0.2.1",
                "127.0.0.1   | Forwarded: for=203.0.113.7, for=192.0.2.1         | 192.0.2.1",
                "127.0.0.1   | Forwarded: for=\"[2001:db8:1:2::1]:4711\"        | 20010db800010002",
                "127.0.0.1   | Forwarded: for=_hidden                            | 127.0.0.1",
                "127.0.0.1   | Forwarded: by=192.0.2.1                           | 127.0.0.1",
            })
    void aTrustedProxysHeaderNamesTheClient(String proxies, String header, String client) throws Exception {
        Map<String, String> values =
                proxies.equals("none") ? Map.of() : Map.of(ClientSettings.TRUSTED_PROXIES.name(), proxies);
        ClientSettings settings = ClientSettings.read(new SettingsReader(List.of(new SettingValues("test", values))));
        Clients clients = new Clients(settings.proxies());
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.response().end(clients.of(request)))
                .listen(0, "127.0.0.1")
                .await(20, TimeUnit.SECONDS);

        assertThat(RawHttp.request(server.actualPort(), "GET", "/", header).text())
                .isEqualTo(client);
    }

    @Test
    void aShareIsPerClient() {
        Shares shares = new Shares(new Clients(List.of()), 8, 25);

        assertThat(shares.take("a", 2)).isTrue();
        assertThat(shares.take("a", 1)).as("more than its share").isFalse();
        for (String client : List.of("b", "c", "d")) {
            assertThat(shares.take(client, 2)).isTrue();
        }
        assertThat(shares.take("e", 1)).as("more than the total").isFalse();
        shares.giveBack("a", 1);
        assertThat(shares.take("e", 1)).isTrue();
        assertThat(shares.taken()).isEqualTo(8);
    }
}
