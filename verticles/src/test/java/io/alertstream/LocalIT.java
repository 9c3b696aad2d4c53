package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.SchemaVersion;
import io.alertstream.avro.WireFormat;
import io.alertstream.local.EmbeddedBrokerAlone;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The single command that runs the whole system, as a user runs it: the built jar and its environment. */
@EmbeddedBrokerAlone("ROLE=local starts its own broker")
class LocalIT {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> settings = new TreeMap<>();

    @BeforeEach
    void freePorts() {
        settings.put("LOCAL_KAFKA_PORT", "0");
        settings.put("LOCAL_KAFKA_SCRAM_PORT", "0");
        settings.put("LOCAL_REGISTRY_PORT", "0");
        settings.put("HTTP_PORT", "0");
        settings.put("OPS_PORT", "0");
        settings.put("SAMPLE_ALERTS", "60");
        settings.put("REPLAY_INTERVAL", "4s");
    }

    @Test
    void anAlertPassesFromTheSampleToCurl() throws Exception {
        // Programs read ids, ports and figures, so they are printed in ASCII digits in every locale.
        settings.put("JAVA_TOOL_OPTIONS", "-Duser.language=ar -Duser.country=EG");
        // An archived alert counts for the visit being replayed, and 4 s is too short for a visit on a busy machine.
        settings.put("REPLAY_INTERVAL", "15s");
        try (JarProcess local = JarProcess.start(directory, settings)) {
            URI alert = URI.create(
                    local.await("curl -s \"(http://\\S+/v1/alerts/\\d+)\\?format=avro\" -o alert.avro", START)
                            .group(1));

            HttpResponse<byte[]> answer = get(alert);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(WireFormat.schemaId(answer.body())).isEqualTo(1101);
            String id = alert.getPath().substring("/v1/alerts/".length());
            Path object = directory.resolve("data/alerts/alert_archive/v1/alerts/" + id + ".avro.gz");
            assertThat(gunzip(object)).isEqualTo(answer.body());
            String page = local.await("in a browser: (http://\\S+)", START).group(1);
            assertThat(text(URI.create(page))).contains(id, "/assets/uplot.js");
            assertThat(text(alert.resolve("/assets/uplot.js"))).contains("uPlot");
            assertThat(local.await("visit 1: (.*)", START).group(1))
                    .contains("loaded 60", "replayed 60", "archived 60 new, 0 known, 0 dead letters");
            assertThat(local.await("visit 2: (.*)", START).group(1)).contains("archived 0 new, 60 known");
            String system = local.await("this system +(http://\\S+)", START).group(1);
            assertThat(text(URI.create(system))).contains("Next visit", "alertdb-ingester");
            String registry = local.await("(http://\\S+)/subjects", START).group(1);
            assertThat(text(URI.create(registry + "/subjects")))
                    .contains("alert-packet", "lsst-alerts-v11.0-value", "lsst-alerts-v11.1-value");
            String ops = local.await("(http://\\S+)/ready", START).group(1);
            assertThat(get(URI.create(ops + "/ready")).statusCode()).isEqualTo(200);
            assertThat(text(URI.create(ops + "/metrics"))).contains("alertstream_replayer_alerts");

            assertThat(local.terminate().exitStatus(STOP)).isZero();
        }
    }

    @Test
    void theNextStartContinuesWithTheSameData() throws Exception {
        URI alert;
        try (JarProcess local = JarProcess.start(directory, settings)) {
            alert = URI.create(
                    local.await("curl -s \"(http://\\S+/v1/alerts/\\d+)\\?format=avro\" -o alert.avro", START)
                            .group(1));
            local.kill();
        }
        for (String after : List.of("kill -9", "an orderly stop")) {
            try (JarProcess local = JarProcess.start(directory, settings)) {
                URI now = URI.create(
                        local.await("curl -s \"(http://\\S+/v1/alerts/\\d+)\\?format=avro\" -o alert.avro", START)
                                .group(1));
                assertThat(get(now.resolve(alert.getPath())).statusCode())
                        .as(after)
                        .isEqualTo(200);
                assertThat(local.output())
                        .as(after)
                        .contains("0 schemas registered, 4 already registered")
                        .doesNotContain("members of a killed ingester not removed");
                assertThat(local.terminate().exitStatus(STOP)).as(after).isZero();
            }
        }
    }

    @Test
    void theRealPacketIsServedUnchanged() throws Exception {
        Path data = Path.of(System.getProperty("shared.data"));
        assumeThat(data).as("real packets at %s", data).isDirectory();
        byte[] packet = Files.readAllBytes(data.resolve("packets/lsst-v9_0-diaSourceId-7912941781254298.wire"));
        settings.put("ALERTS_FILE", containerOf(packet, data.resolve("schemas")).toString());
        settings.put("ALERTS_SCHEMA", "9.0");
        settings.put("SCHEMA_DIR", data.resolve("schemas").toRealPath().toString());

        try (JarProcess local = JarProcess.start(directory, settings)) {
            URI alert = URI.create(
                    local.await("curl -s \"(http://\\S+/v1/alerts/\\d+)\\?format=avro\" -o alert.avro", START)
                            .group(1));

            assertThat(alert.getPath()).isEqualTo("/v1/alerts/7912941781254298");
            assertThat(get(alert).body()).isEqualTo(packet);
        }
    }

    @Test
    void allProblemsAreReportedBeforeAnythingStarts() throws Exception {
        List<String> ports = settings.keySet().stream()
                .filter(name -> name.endsWith("_PORT"))
                .toList();
        List<ServerSocket> taken = new ArrayList<>();
        try {
            for (String setting : ports) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                taken.add(socket);
                settings.put(setting, Integer.toString(socket.getLocalPort()));
            }
            settings.put("ALERTS_FILE", "visits.avro");
            settings.put("REPLAY_INTERVALL", "5s");
            try (JarProcess local = JarProcess.start(directory, settings)) {
                assertThat(local.exitStatus(START)).as(local.output()).isEqualTo(2);
                for (String setting : ports) {
                    assertThat(local.output())
                            .contains(setting + " = \"" + settings.get(setting)
                                    + "\" (environment): expected a free port");
                }
                assertThat(local.output())
                        .contains("ALERTS_FILE = \"visits.avro\"")
                        .contains("REPLAY_INTERVALL ignored: no such setting; REPLAY_INTERVAL is one");
                assertThat(directory.resolve("data")).doesNotExist();
            }
        } finally {
            for (ServerSocket socket : taken) {
                socket.close();
            }
        }
    }

    @Test
    void unloadableAlertsAreRefusedBeforeAnythingStarts() throws Exception {
        byte[] sample = sample();
        Map<String, byte[]> unusable = Map.of(
                "expected an Avro object container file", "no alerts".getBytes(StandardCharsets.UTF_8),
                "is empty", new byte[0],
                "doesn't end with its sync marker", Arrays.copyOf(sample, sample.length / 2));
        settings.put("REPLAY_INTERVAL", "soon");
        for (Map.Entry<String, byte[]> file : unusable.entrySet()) {
            settings.put(
                    "ALERTS_FILE",
                    Files.write(directory.resolve("visit.avro"), file.getValue())
                            .toString());
            try (JarProcess local = JarProcess.start(directory, settings)) {
                assertThat(local.exitStatus(START)).as(local.output()).isEqualTo(2);
                assertThat(local.output())
                        .contains("ALERTS_FILE = \"" + directory.resolve("visit.avro"), file.getKey())
                        .contains("REPLAY_INTERVAL = \"soon\"");
                assertThat(directory.resolve("data")).doesNotExist();
            }
        }
    }

    private byte[] sample() throws Exception {
        try (JarProcess sample =
                JarProcess.start(directory, Map.of("SAMPLE_ALERTS", "3"), "--write-sample", "sample.avro")) {
            assertThat(sample.exitStatus(START)).as(sample.output()).isZero();
        }
        return Files.readAllBytes(directory.resolve("sample.avro"));
    }

    @Test
    void itIsNotReadyBeforeBrokerRegistryAndServerAre() throws Exception {
        for (String setting : List.of("LOCAL_REGISTRY_PORT", "HTTP_PORT", "OPS_PORT")) {
            try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                settings.put(setting, Integer.toString(free.getLocalPort()));
            }
        }
        try (JarProcess local = JarProcess.start(directory, settings)) {
            HttpResponse<byte[]> ready = null;
            String before = "";
            long end = System.nanoTime() + START.toNanos();
            while (ready == null || ready.statusCode() != 200) {
                assertThat(System.nanoTime())
                        .as("ready in time; %s", local.output())
                        .isLessThan(end);
                try {
                    ready = get(address("OPS_PORT", "/ready"));
                    before = ready.statusCode() == 503 && before.isEmpty() ? body(ready) : before;
                } catch (ConnectException e) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
            assertThat(before).contains("starting broker and registry");
            assertThat(get(address("LOCAL_REGISTRY_PORT", "/subjects")).statusCode())
                    .isEqualTo(200);
            assertThat(get(address("HTTP_PORT", "/v1/health")).statusCode()).isEqualTo(200);
            assertThat(local.terminate().exitStatus(STOP)).as(local.output()).isZero();
        }
    }

    private URI address(String port, String path) {
        return URI.create("http://127.0.0.1:" + settings.get(port) + path);
    }

    @Test
    void anUnwritableDataDirIsNamed() throws Exception {
        settings.put(
                "DATA_DIR",
                Files.writeString(directory.resolve("file"), "not a directory").toString());
        try (JarProcess local = JarProcess.start(directory, settings)) {
            assertThat(local.exitStatus(START)).isEqualTo(2);
            assertThat(local.output())
                    .contains("DATA_DIR")
                    .contains(directory.resolve("file").toString());
        }
    }

    private HttpResponse<byte[]> get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private String text(URI uri) throws IOException, InterruptedException {
        return body(get(uri));
    }

    private static String body(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static byte[] gunzip(Path object) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(object))) {
            return in.readAllBytes();
        }
    }

    /** An object container file that holds only this packet, byte for byte. */
    private Path containerOf(byte[] packet, Path schemas) throws IOException {
        Schema schema = SchemaCatalog.read(schemas)
                .get(new SchemaVersion(9, 0))
                .orElseThrow()
                .schema();
        Path file = directory.resolve("real.avro");
        try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, file.toFile());
            writer.appendEncoded(
                    ByteBuffer.wrap(packet, WireFormat.HEADER_BYTES, packet.length - WireFormat.HEADER_BYTES));
        }
        return file;
    }
}
