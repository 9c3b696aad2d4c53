package io.alertstream.loader;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertFile;
import io.alertstream.avro.AlertSchema;
import io.alertstream.avro.AlertSource;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.SchemaVersion;
import io.alertstream.avro.WireFormat;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.bus.Bus;
import io.alertstream.bus.Fact;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.alertstream.local.KafkaTest;
import io.alertstream.local.TestKafka;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Readiness;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@KafkaTest
class LoaderIT {

    private static final long REAL_ALERT = 7_912_941_781_254_298L;

    @TempDir
    static Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Fact.VisitLoaded> loaded = new LinkedBlockingQueue<>();
    private final TestKafka kafka;
    private final String topic;
    private final Map<String, String> settings = new HashMap<>();

    /** The schemas in the test's registry, by id. */
    private final Map<Integer, Schema> registered = new ConcurrentHashMap<>();

    private Topics topics;
    private TopicReader reader;

    LoaderIT(TestKafka kafka) {
        this.kafka = kafka;
        topic = kafka.newTopic("alerts-static");
    }

    @BeforeEach
    void clients() throws Exception {
        registered.put(1101, SchemaCatalog.bundled().latest().schema());
        HttpServer registry = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    Schema schema =
                            registered.get(Integer.valueOf(request.path().replaceAll(".*/", "")));
                    request.response()
                            .putHeader("Content-Type", "application/vnd.schemaregistry.v1+json")
                            .end(new JsonObject()
                                    .put("schema", schema.toString())
                                    .encode());
                })
                .listen(0, "127.0.0.1"));
        KafkaClients clients = new KafkaClients(vertx, KafkaSettings.plaintext(kafka.bootstrapServers()));
        topics = clients.topics();
        reader = clients.reader();
        settings.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        settings.put("SCHEMA_REGISTRY_URL", "http://127.0.0.1:" + registry.actualPort());
        settings.put("STATIC_TOPIC", topic);
        settings.put("SAMPLE_ALERTS", "3");
        Bus.of(vertx).on(Fact.VisitLoaded.class, loaded::add);
    }

    @AfterEach
    void close() throws Exception {
        await(reader.close());
        await(topics.close());
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(60, TimeUnit.SECONDS);
    }

    private void load() throws Exception {
        load(settings);
    }

    private void load(Map<String, String> settings) throws Exception {
        LoaderSettings read = SettingsReader.read(List.of(new SettingValues("test", settings)), LoaderSettings::read);
        LoaderVerticle loader =
                new LoaderVerticle(read, new Ops(new Readiness(), new SimpleMeterRegistry(), failure -> {}));
        String deployment = await(vertx.deployVerticle(loader));
        try {
            await(loader.finished());
        } finally {
            await(vertx.undeploy(deployment));
        }
    }

    private TopicState state() throws Exception {
        return await(topics.state(topic)).orElseThrow();
    }

    private List<Message> messages() throws Exception {
        List<Message> messages = new ArrayList<>();
        await(reader.read(state(), message -> {
            messages.add(message);
            return Future.succeededFuture();
        }));
        return messages;
    }

    private static List<Alert> alerts(AlertSource source, Schema target, int id) {
        List<Alert> alerts = new ArrayList<>();
        try (AlertStream stream = source.open(target, id)) {
            stream.forEachRemaining(alerts::add);
        }
        return alerts;
    }

    private static void assertHolds(List<Message> messages, List<Alert> alerts) {
        assertThat(messages).hasSameSizeAs(alerts);
        double first = alerts.stream().mapToDouble(Alert::mjdTai).min().orElseThrow();
        for (int i = 0; i < alerts.size(); i++) {
            Message message = messages.get(i);
            assertThat(message.value()).isEqualTo(alerts.get(i).packet());
            assertThat(message.key()).isNull();
            assertThat(header(message, "alertsim-visit-alerts")).isEqualTo(Integer.toString(alerts.size()));
            assertThat(Double.parseDouble(header(message, "alertsim-time-offset")))
                    .isCloseTo((alerts.get(i).mjdTai() - first) * 86_400, org.assertj.core.data.Offset.offset(1e-5));
        }
    }

    private static String header(Message message, String name) {
        return new String(message.headers().last(name), US_ASCII);
    }

    @Test
    void loadsASampleVisit() throws Exception {
        settings.put("SAMPLE_ALERTS", "50");
        load();

        assertHolds(
                messages(),
                alerts(SampleVisit.of(50), SchemaCatalog.bundled().latest().schema(), 1101));
        Fact.VisitLoaded fact = loaded.poll(10, TimeUnit.SECONDS);
        assertThat(fact.topic()).isEqualTo(topic);
        assertThat(fact.alerts()).isEqualTo(50);
        assertThat(fact.bytes())
                .isEqualTo(messages().stream().mapToLong(Message::bytes).sum());
    }

    @Test
    void theTopicHasOnePartitionAndUnlimitedRetention() throws Exception {
        load();

        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            var config = admin.describeConfigs(List.of(resource))
                    .all()
                    .get(10, TimeUnit.SECONDS)
                    .get(resource);
            assertThat(config.get("retention.ms").value()).isEqualTo("-1");
            assertThat(config.get("retention.bytes").value()).isEqualTo("-1");
        }
        assertThat(state().end()).containsOnlyKeys(0);
    }

    @Test
    void aLoadedFileReplacesTheOldVisit() throws Exception {
        load();
        String before = state().topicId();
        Path file = directory.resolve("visit.avro");
        SampleVisit.of(20).numbered(5).writeTo(file, CodecFactory.snappyCodec());
        settings.put("ALERTS_FILE", file.toString());
        load();

        assertThat(state().topicId()).isNotEqualTo(before);
        assertHolds(
                messages(),
                alerts(AlertFile.open(file), SchemaCatalog.bundled().latest().schema(), 1101));
    }

    @Test
    void loadsARealAlertUnchanged() throws Exception {
        Path shared = Path.of(System.getProperty("shared.data", "/nonexistent"));
        Path wire = shared.resolve("packets/lsst-v9_0-diaSourceId-" + REAL_ALERT + ".wire");
        Assumptions.assumeTrue(Files.exists(wire), "needs the real packet in shared.data = " + shared);
        byte[] packet = Files.readAllBytes(wire);
        Schema schema = SchemaCatalog.read(shared.resolve("schemas"))
                .get(new SchemaVersion(9, 0))
                .orElseThrow()
                .schema();
        Path file = directory.resolve("real.avro");
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, file.toFile());
            writer.appendEncoded(
                    java.nio.ByteBuffer.wrap(packet, WireFormat.HEADER_BYTES, packet.length - WireFormat.HEADER_BYTES));
        }
        registered.put(900, schema);
        settings.put("ALERTS_FILE", file.toString());
        settings.put("ALERTS_SCHEMA", "9.0");
        settings.put("SCHEMA_DIR", shared.resolve("schemas").toString());
        load();
        assertThat(messages()).singleElement().satisfies(message -> assertThat(message.value())
                .isEqualTo(packet));

        settings.put("ALERTS_SCHEMA", "as-written");
        settings.remove("SCHEMA_DIR");
        load();
        assertThat(messages()).singleElement().satisfies(message -> assertThat(message.value())
                .isEqualTo(packet));
    }

    /** Asserts that a load fails with these words and leaves the topic as it was. */
    private void assertRefused(String... words) throws Exception {
        load();
        TopicState before = state();
        loaded.clear();
        Map<String, String> changed = new HashMap<>(settings);
        changed.putAll(refused);
        assertThatThrownBy(() -> load(changed))
                .satisfies(failure -> assertThat(failure.getMessage()).contains(words));
        assertThat(state()).isEqualTo(before);
        assertThat(loaded).isEmpty();
    }

    /** Settings of the load that must fail, in addition to the usual ones. */
    private final Map<String, String> refused = new HashMap<>();

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    @Test
    void aTruncatedFileLeavesTheOldVisit() throws Exception {
        Path whole = directory.resolve("whole.avro");
        SampleVisit.of(10).writeTo(whole, CodecFactory.deflateCodec(1));
        byte[] bytes = Files.readAllBytes(whole);
        Path file = file("truncated.avro", java.util.Arrays.copyOf(bytes, bytes.length - 1000));
        refused.put("ALERTS_FILE", file.toString());

        assertRefused(file.toString());
    }

    @Test
    void aFileThatIsNotOfAlertsLeavesTheOldVisit() throws Exception {
        Path text = file("text.avro", "no alerts".getBytes(US_ASCII));
        refused.put("ALERTS_FILE", text.toString());
        assertRefused(text.toString());
        Path empty = file("empty.avro", new byte[0]);
        refused.put("ALERTS_FILE", empty.toString());
        assertRefused(empty.toString());
        refused.put("ALERTS_FILE", directory.toString());
        assertRefused(directory.toString());
        refused.put("ALERTS_FILE", directory.resolve("absent.avro").toString());
        assertRefused("absent.avro");
    }

    @Test
    void anUnknownVersionLeavesTheOldVisit() throws Exception {
        refused.put("ALERTS_SCHEMA", "77.7");

        assertRefused("ALERTS_SCHEMA = \"77.7\"", "11.1");
    }

    @Test
    void anIdOfAnotherSchemaLeavesTheOldVisit() throws Exception {
        Schema other =
                SchemaBuilder.record("alert").fields().requiredLong("alertId").endRecord();
        refused.put("SCHEMA_ID", "7");
        registered.put(7, other);

        assertRefused(
                "id 7",
                AlertSchema.crc64(other),
                AlertSchema.crc64(SchemaCatalog.bundled().latest().schema()));
    }

    @Test
    void anUnreachableRegistryCannotProvideAnId() throws Exception {
        refused.put("SCHEMA_ID", "registry");
        refused.put("SCHEMA_REGISTRY_URL", "http://127.0.0.1:1");

        assertRefused("SCHEMA_ID = registry");
    }

    @Test
    void anUntranslatableAlertLeavesAVisitKnownToBeIncomplete() throws Exception {
        Path schemas = Files.createDirectories(directory.resolve("strict/2/0"));
        Schema strict = SchemaBuilder.record("alert")
                .namespace("lsst.v2_0")
                .fields()
                .requiredLong("alertId")
                .requiredInt("flux")
                .endRecord();
        Files.writeString(schemas.resolve("lsst.v2_0.alert.avsc"), strict.toString());
        Schema loose = SchemaBuilder.record("alert")
                .namespace("lsst.v1_0")
                .fields()
                .requiredLong("alertId")
                .optionalInt("flux")
                .endRecord();
        Path file = directory.resolve("loose.avro");
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(loose))) {
            writer.create(loose, file.toFile());
            for (long id = 1; id <= 5; id++) {
                writer.append(new GenericRecordBuilder(loose)
                        .set("alertId", id)
                        .set("flux", id == 4 ? null : 7)
                        .build());
            }
        }
        settings.put("ALERTS_FILE", file.toString());
        settings.put("SCHEMA_DIR", directory.resolve("strict").toString());
        registered.put(200, strict);

        assertThatThrownBy(this::load)
                .isInstanceOf(LoadException.class)
                .hasMessageContaining(topic + " holds only part of the visit")
                .hasMessageContaining("flux");
        assertThat(loaded).isEmpty();
        assertThat(messages().size()).isLessThan(5);
        assertThat(messages()).allSatisfy(message -> assertThat(header(message, "alertsim-visit-alerts"))
                .isEqualTo("5"));
    }
}
