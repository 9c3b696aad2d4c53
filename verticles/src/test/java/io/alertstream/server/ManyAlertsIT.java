package io.alertstream.server;

import static io.alertstream.server.ServedArchive.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.ArchiveLayout;
import io.alertstream.archive.Origin;
import io.alertstream.server.limits.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of alerts over real HTTP. */
class ManyAlertsIT {

    @TempDir
    Path directory;

    private ServedArchive served;
    private List<byte[]> packets;
    private List<Long> ids;

    /** An answer as received, chunked or not. */
    @SuppressWarnings("ArrayRecordComponent") // Read, never compared.
    private record Received(String head, byte[] body, String trailers, boolean whole) {}

    @BeforeEach
    void serve() {
        serve(new ServedArchive(directory, Limits.DEFAULT));
    }

    private void serve(ServedArchive archive) {
        served = archive;
        await(served.archive.putSchema(ShownAlerts.V11, ShownAlerts.SCHEMA.toString()));
        packets = ShownAlerts.sample(20);
        ids = new ArrayList<>(packets.stream().map(ShownAlerts::id).toList());
        for (int i = 0; i < packets.size(); i++) {
            put(ids.get(i), packets.get(i));
        }
    }

    @AfterEach
    void close() {
        served.close();
    }

    @Test
    void alertsComeInTheRequestedOrder() throws IOException {
        List<Long> asked = new ArrayList<>(ids);
        Collections.reverse(asked);
        asked.add(asked.get(0));

        Received received = post(asked.toString());

        assertThat(received.whole()).isTrue();
        assertThat(received.head()).contains("content-type: application/avro");
        assertThat(ids(received)).isEqualTo(asked);
        assertThat(received.trailers()).contains("Alerts-Sent: 21", "Alerts-Missing: 0");
    }

    @Test
    void idsCanBeStrings() throws IOException {
        Received received = post("[\"" + ids.get(0) + "\", \"LSST-AP-DS-" + ids.get(1) + "\"]");

        assertThat(ids(received)).containsExactly(ids.get(0), ids.get(1));
    }

    @Test
    void theTrailersListOmittedAlerts() throws IOException {
        byte[] other = packets.get(0).clone();
        ByteBuffer.wrap(other).putInt(1, 77);
        await(served.archive.putSchema(77, ShownAlerts.SCHEMA.toString()));
        put(501, other);
        put(502, new byte[] {0, 0, 0, 4, 76, 1});
        put(503, new byte[] {0, 0, 0, 9, 9, 1});
        Files.createDirectory(directory.resolve("alerts/alert_archive/v1/alerts/504.avro.gz"));

        Received received = post("[404, 502, %d, 501, 405, 503, 504, %d]".formatted(ids.get(3), ids.get(2)));

        assertThat(ids(received)).containsExactly(ids.get(3), ids.get(2));
        assertThat(received.trailers())
                .contains(
                        "Alerts-Sent: 2",
                        "Alerts-Missing: 2",
                        "Alerts-Missing-Ids: 404, 405",
                        "Alerts-Other-Schema: 1",
                        "Alerts-Other-Schema-Ids: 501",
                        "Alerts-Unreadable: 3",
                        "Alerts-Unreadable-Ids: 502, 503, 504");
    }

    @Test
    void trailersStaySmall() throws IOException {
        String missing = LongStream.range(0, 9_999).mapToObj(Long::toString).collect(Collectors.joining(","));

        Received received = post("[" + missing + "," + ids.get(0) + "]");

        assertThat(received.trailers())
                .contains("Alerts-Missing: 9999", ", 99, ...")
                .hasSizeLessThan(4_096);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 400 | expected a JSON list",
                "{} | 400 | expected a JSON list",
                "[] | 400 | expected a JSON list",
                "[1 | 400 | expected a JSON list",
                "[1] x | 400 | expected a JSON list",
                "[[1]] | 400 | expected an alert's id at index 0",
                "[1, -1] | 400 | expected an alert's id at index 1",
                "[1.5] | 400 | expected an alert's id at index 0",
                "[9223372036854775808] | 400 | expected an alert's id at index 0",
                "[1, 2] | 404 | none of these alerts can be sent: 2 missing",
            })
    void anUnservableListIsAnError(String body, int status, String detail) throws IOException {
        Received received = post(body);

        assertThat(received.head()).startsWith("HTTP/1.1 " + status).contains("application/json");
        assertThat(new String(received.body(), ISO_8859_1)).contains(detail);
    }

    @Test
    void aTooLongListIsAnError() throws IOException {
        Received tooMany =
                post(LongStream.rangeClosed(0, 10_000).boxed().toList().toString());
        Received tooLong = post("[" + " ".repeat(600_000) + "1]");

        assertThat(tooMany.head()).startsWith("HTTP/1.1 400");
        assertThat(tooLong.head()).startsWith("HTTP/1.1 413");
    }

    @Test
    void aFileIsNotCompletedWhenTheArchiveBecomesUnavailable() throws IOException {
        served.close();
        serve(new ServedArchive(directory, Limits.DEFAULT, ArchiveLayout.V2));
        put(999_999, packets.get(0));
        Path folder = directory.resolve("alerts/v2/alerts/999999");
        Files.move(folder, directory.resolve("elsewhere"));
        Files.createSymbolicLink(folder, directory.resolve("elsewhere")); // Unreadable for every user.
        ids.add(999_999L);

        Received received = post(ids.toString());

        assertThat(received.head()).startsWith("HTTP/1.1 200");
        assertThat(received.whole()).isFalse();
    }

    @Test
    void aClientThatDoesNotReadDelaysOnlyItsOwnAnswer() throws IOException {
        // Far more than the buffers of both ends hold.
        String asked = Collections.nCopies(500, ids.toString().replaceAll("[\\[\\]]", ""))
                .toString();
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
            slow.getOutputStream().write(request(asked).getBytes(ISO_8859_1));
            assertThat(slow.getInputStream().read()).isEqualTo('H');

            assertThat(ids(post(ids.toString()))).hasSize(20);
            double sent = served.meters
                    .get("alertstream.server.cache.requests")
                    .tags("kind", "alert", "source", "cached")
                    .counter()
                    .count();
            assertThat(sent).as("alerts read, of 10,000").isLessThan(1_000);
        }
    }

    private void put(long id, byte[] packet) {
        await(served.archive.putAlert(id, packet, new Origin("alerts-simulated", 0, 17, ShownAlerts.V11)));
    }

    private static List<Long> ids(Received received) throws IOException {
        List<Long> ids = new ArrayList<>();
        try (DataFileStream<GenericRecord> in =
                new DataFileStream<>(new ByteArrayInputStream(received.body()), new GenericDatumReader<>())) {
            in.forEachRemaining(alert -> ids.add((Long) alert.get("diaSourceId")));
        }
        return ids;
    }

    private static String request(String body) {
        return RawHttp.text(
                        "POST",
                        "/v1/alerts",
                        "Content-Type: application/json",
                        "Connection: close",
                        "Content-Length: " + body.length())
                + body;
    }

    private Received post(String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request(body).getBytes(ISO_8859_1));
            return receive(socket.getInputStream());
        }
    }

    private static Received receive(InputStream in) throws IOException {
        String head = lines(in);
        if (!head.contains("transfer-encoding: chunked")) {
            return new Received(head, in.readAllBytes(), "", true);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line(in);
            if (size.isEmpty()) {
                return new Received(head, body.toByteArray(), "", false);
            }
            int length = Integer.parseInt(size.strip(), 16);
            if (length == 0) {
                return new Received(head, body.toByteArray(), lines(in), true);
            }
            body.writeBytes(in.readNBytes(length));
            line(in);
        }
    }

    /** The lines up to an empty one. */
    private static String lines(InputStream in) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String line = line(in); !line.isBlank(); line = line(in)) {
            lines.append(line);
        }
        return lines.toString();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            line.append((char) c);
            if (c == '\n') {
                break;
            }
        }
        return line.toString();
    }
}
