package io.alertstream.server;

import static io.alertstream.server.ServedArchive.ID;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.server.limits.Limits;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that keep a connection open and send nothing, or nothing valid. */
class QuietConnectionsIT {

    private static final Duration QUIET = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private ServedArchive served;

    @BeforeEach
    void serve() {
        served = new ServedArchive(directory, new Limits(20, 100, QUIET, 10, 8 << 20, 8 << 20, 1 << 20, 1 << 20, 2));
        served.put(ID, 100_000);
    }

    @AfterEach
    void close() {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n\r\nnonsense\r\n\r\n",
                "GET\r\n\r\n",
                "GET /v1/health HTTP/9.9\r\n\r\n",
                "GET /v1/health HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
                "GET /v1/health HTTP/1.1\r\n\r\n",
                "POST /v1/health HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /v1/health HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
            })
    void bytesThatAreNotHttpAreHarmless(String bytes) throws IOException {
        try (RawHttp http = new RawHttp(served.port())) {
            http.send(bytes);

            assertThat(new String(http.untilClosed(), ISO_8859_1)).doesNotContain("Exception");
        }
        assertServes();
    }

    @Test
    void aTricklingRequestIsCutOff() throws IOException {
        try (RawHttp http = new RawHttp(served.port())) {
            http.send("GET /v1/health HTTP/1.1\r\nHost: loc");

            assertThat(http.untilClosed()).isEmpty();
        }
    }

    @Test
    void aSilentConnectionIsClosed() throws IOException {
        try (RawHttp http = new RawHttp(served.port())) {
            assertThat(http.ask("GET", "/v1/health").status()).isEqualTo(200);

            assertThat(http.untilClosed()).isEmpty();
        }
    }

    @Test
    void aClientThatReadsNoAnswersIsNotServedFurther() throws Exception {
        int asked = 2_000;
        try (RawHttp http = new RawHttp(served.port())) {
            String request = RawHttp.text("GET", "/v1/alerts/" + ID, "Accept-Encoding: gzip");
            http.send(request.repeat(asked));

            // 2,000 answers are 200 MB. The server closes the connection at its idle limit and drops the rest.
            while (served.meters.get("alertstream.server.connections").gauge().value() > 0) {
                assertServes();
            }
            assertThat(served.meters.get("alertstream.server.sent").counter().count())
                    .isLessThan(100_000.0 * asked / 4);
        } catch (SocketException resetWhileSending) {
            // The server reads one request ahead, so it may close the connection before all are sent.
            assertServes();
        }
    }

    private void assertServes() throws IOException {
        assertThat(RawHttp.request(served.port(), "GET", "/v1/health").status()).isEqualTo(200);
    }
}
