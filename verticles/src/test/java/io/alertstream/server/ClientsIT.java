package io.alertstream.server;

import static io.alertstream.server.ServedArchive.ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.server.RawHttp.Answer;
import io.alertstream.server.limits.ClientSettings;
import io.alertstream.server.limits.Limits;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A greedy client and another. Both share an address, so a proxy header identifies them. A listener accepted by mistake
 * would keep the test waiting for ever, hence the time limit.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class ClientsIT {

    private static final String GREEDY = "X-Forwarded-For: 192.0.2.1";
    private static final String OTHER = "X-Forwarded-For: 192.0.2.2";
    private static final Limits LIMITS =
            new Limits(40, 2_000, Duration.ofMinutes(1), 100, 64 << 20, 16 << 20, 1 << 20, 1 << 20, 8);

    @TempDir
    Path directory;

    private ServedArchive served;
    private final List<RawHttp> open = new ArrayList<>();

    private void serve(String... settings) {
        Map<String, String> values =
                settings.length == 0 ? Map.of() : Map.of(ClientSettings.TRUSTED_PROXIES.name(), settings[0]);
        served = new ServedArchive(
                directory, LIMITS, ClientSettings.read(new SettingsReader(List.of(new SettingValues("test", values)))));
        served.put(ID, 1_000);
    }

    @AfterEach
    void close() throws IOException {
        for (RawHttp http : open) {
            http.close();
        }
        served.close();
    }

    private RawHttp connect() throws IOException {
        RawHttp http = new RawHttp(served.port());
        open.add(http);
        return http;
    }

    /** 32 of them used to occupy every slot for lists, so that other clients got 503. */
    @Test
    void slowlyArrivingListsTakeNoSlots() throws IOException {
        serve("127.0.0.0/8");
        for (int i = 0; i < 35; i++) {
            connect().send(RawHttp.text("POST", "/v1/alerts", "Content-Length: 1000", GREEDY) + "[1");
        }

        for (String client : List.of(GREEDY, OTHER)) {
            RawHttp http = connect();
            http.send(RawHttp.text("POST", "/v1/alerts", "Content-Length: 3", client) + "[1]");
            assertThat(http.answer(false).status()).isEqualTo(404);
        }
    }

    @Test
    void oneClientCannotTakeAllEventStreams() throws IOException {
        serve("127.0.0.0/8");
        for (int i = 0; i < 2; i++) {
            assertThat(listen(GREEDY).status()).isEqualTo(200);
        }
        Answer refused = connect().ask("GET", "/v1/events", GREEDY);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).isNotNull();
        assertThat(listen(OTHER).status()).isEqualTo(200);

        open.get(0).close();
        while (connect().ask("HEAD", "/v1/events", GREEDY).status() == 503) {
            closeLast();
        }
    }

    @Test
    void oneClientCannotTakeAllConnections() throws IOException {
        serve();
        for (int i = 0; i < 10; i++) {
            assertThat(connect().ask("GET", "/v1/health").status()).isEqualTo(200);
        }
        RawHttp refused = connect();
        Answer answer = refused.ask("GET", "/v1/health");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).contains("this client has reached its share of connections");
        assertThat(answer.header("Retry-After")).isNotNull();
        assertThat(refused.untilClosed()).isEmpty();

        open.get(0).close();
        while (connect().ask("GET", "/v1/health").status() == 503) {
            closeLast();
        }
    }

    @Test
    void anIdleConnectionAboveTheShareIsClosed() throws IOException {
        serve();
        for (int i = 0; i < 10; i++) {
            assertThat(connect().ask("GET", "/v1/health").status()).isEqualTo(200);
        }

        assertThat(connect().untilClosed()).isEmpty();
    }

    @Test
    void aTrustedProxysConnectionsBelongToItsClients() throws IOException {
        serve("127.0.0.1");
        for (int i = 0; i < 20; i++) {
            assertThat(connect().ask("GET", "/v1/health").status()).isEqualTo(200);
        }
    }

    private Answer listen(String client) throws IOException {
        RawHttp http = connect();
        http.send(RawHttp.text("GET", "/v1/events", client));
        return http.beginning(1);
    }

    private void closeLast() throws IOException {
        open.remove(open.size() - 1).close();
    }
}
