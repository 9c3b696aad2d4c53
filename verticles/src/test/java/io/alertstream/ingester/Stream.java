package io.alertstream.ingester;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.ArchiveLayout;
import io.alertstream.archive.ArchiveSettings;
import io.alertstream.archive.GzipCodec;
import io.alertstream.audit.AuditFrom;
import io.alertstream.audit.AuditSettings;
import io.alertstream.audit.AuditVerticle;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.KafkaSettings;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.NewMessage;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.Topics;
import io.alertstream.local.TestKafka;
import io.alertstream.ops.Liveness;
import io.alertstream.ops.Ops;
import io.alertstream.ops.OpsServer;
import io.alertstream.ops.Readiness;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.retry.Backoff;
import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.StoreLocation.Access;
import io.alertstream.storage.file.FileLocation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** An ingester's environment: topics of a real broker, an archive, and a registry over HTTP. */
public final class Stream {

    private static final int PARTITIONS = 4;
    private static final long LIMIT_SECONDS = 60;

    /** Commits and retries within milliseconds, so that tests don't wait. */
    static final Ingester.Pace QUICK = new Ingester.Pace(
            Clock.systemUTC(), Duration.ofMillis(50), new Backoff(Duration.ofMillis(10), Duration.ofMillis(100)));

    public final Vertx vertx = Vertx.vertx();
    public final String topic;
    public final String deadLetterTopic;
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final Promise<Throwable> fatal = Promise.promise();
    public final AtomicInteger registryRequests = new AtomicInteger();
    private final KafkaClients clients;
    private final KafkaSettings kafka;
    private final MessageProducer producer;
    private final Topics topics;
    private final ArchiveSettings archive;
    private final HttpServer registry;
    private final Readiness readiness = new Readiness();
    private final OpsServer opsServer =
            new OpsServer(vertx, readiness, new Liveness(), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    private final URI ready;
    private volatile Handler<HttpServerRequest> answer = answer(200, schemaAnswer());

    /** With a file store. */
    public Stream(TestKafka broker, Path directory) throws Exception {
        this(broker, files(directory));
    }

    /** An archive of files. */
    static ArchiveSettings files(Path directory) {
        try {
            Files.createDirectories(directory.resolve("alerts"));
            Files.createDirectories(directory.resolve("schemas"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArchiveSettings(
                new FileLocation(directory.resolve("alerts")),
                new FileLocation(directory.resolve("schemas")),
                Access.READ_WRITE,
                ArchiveLayout.V2);
    }

    /** With stores of the caller's choice. */
    public Stream(TestKafka broker, ArchiveSettings archive) throws Exception {
        this.archive = archive;
        topic = broker.newTopic("alerts");
        deadLetterTopic = topic + "-dead";
        kafka = KafkaSettings.plaintext(broker.bootstrapServers());
        clients = new KafkaClients(vertx, kafka);
        producer = clients.producer(8 << 20);
        topics = clients.topics();
        registry = await(vertx.createHttpServer()
                .requestHandler(request -> {
                    registryRequests.incrementAndGet();
                    answer.handle(request);
                })
                .listen(0, "127.0.0.1"));
        ready = URI.create("http://127.0.0.1:" + await(opsServer.listen("127.0.0.1", 0)) + "/ready");
        await(topics.createIfAbsent(topic, PARTITIONS, Map.of()));
        await(topics.createIfAbsent(deadLetterTopic, 1, Map.of()));
    }

    /** Answers with a status and a body. */
    public static Handler<HttpServerRequest> answer(int status, String body) {
        return request -> request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/vnd.schemaregistry.v1+json")
                .end(body);
    }

    /** The answer of a registry that has the schema. */
    public static String schemaAnswer() {
        return new JsonObject().put("schema", SmallAlerts.SCHEMA).encode();
    }

    /** Sets how the registry answers from now on. */
    public void registry(Handler<HttpServerRequest> with) {
        answer = with;
    }

    /** Sends values to the partitions in turn, and returns when the broker has them. */
    public void send(List<byte[]> values) throws Exception {
        List<Future<?>> sent = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            sent.add(producer.send(new NewMessage(topic, i % PARTITIONS, null, values.get(i), Headers.NONE)));
        }
        await(Future.all(sent));
    }

    public IngesterSettings settings(String group) {
        return new IngesterSettings(
                kafka,
                RegistrySettings.open(URI.create("http://127.0.0.1:" + registry.actualPort())),
                archive,
                Set.of(topic),
                group,
                4 << 20,
                deadLetterTopic,
                AlertProfile.lsst());
    }

    public Ops ops() {
        return new Ops(readiness, meters, cause -> fatal.tryComplete(cause));
    }

    /** Waits until the ops port says that the ingester isn't ready, with a reason that contains the text. */
    public void awaitUnready(String text) throws Exception {
        awaitReadiness(503, text);
    }

    /** Waits until the ops port says that all is well. */
    public void awaitReady() throws Exception {
        awaitReadiness(200, "");
    }

    private void awaitReadiness(int status, String text) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(ready).build();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == status && answer.body().contains(text)) {
                return;
            }
            assertThat(System.nanoTime())
                    .as("waited for %d and \"%s\", the last answer is %s", status, text, answer.body())
                    .isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    public KafkaClients clients() {
        return clients;
    }

    /** Opens an archive whose alert store is wrapped by the given function. */
    public Function<Vertx, AlertArchive> archiveBehind(Function<ObjectStore, ObjectStore> fault) {
        return of -> new AlertArchive(
                of,
                fault.apply(archive.alerts().open(of, archive.access())),
                archive.schemas().open(of, archive.access()),
                archive.layout(),
                GzipCodec.fastest());
    }

    public AlertArchive archive() {
        return AlertArchive.open(vertx, archive);
    }

    /** Runs an audit of the whole topic. */
    public Future<Void> audit() {
        return audit(new AuditFrom.Earliest());
    }

    /** Runs an audit; its Future completes or fails as the job does. */
    public Future<Void> audit(AuditFrom from) {
        return audit(new AuditVerticle(auditSettings(from), ops()));
    }

    /** Runs an audit; its Future completes or fails as the job does. */
    public Future<Void> audit(AuditVerticle audit) {
        return vertx.deployVerticle(audit).compose(id -> audit.finished().eventually(() -> vertx.undeploy(id)));
    }

    public AuditSettings auditSettings(AuditFrom from) {
        return new AuditSettings(kafka, archive.readOnly(), Set.of(topic), deadLetterTopic, from, AlertProfile.lsst());
    }

    /** All messages that were set aside. */
    public List<Message> deadLetters() throws Exception {
        List<Message> letters = new ArrayList<>();
        TopicReader reader = clients.reader();
        await(topics.state(deadLetterTopic)
                .compose(state -> reader.read(state.orElseThrow(), message -> {
                    letters.add(message);
                    return Future.succeededFuture();
                })));
        await(reader.close());
        return letters;
    }

    public static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    public void close() throws Exception {
        await(Future.join(producer.close(), topics.close(), opsServer.close()));
        await(vertx.close());
    }
}
