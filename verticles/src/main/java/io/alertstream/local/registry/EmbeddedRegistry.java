package io.alertstream.local.registry;

import io.alertstream.http.SyntaxGate;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.Topics;
import io.alertstream.settings.InvalidSettingsException;
import io.alertstream.settings.Setting;
import io.alertstream.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.util.List;

/**
 * The schema registry of this process. It serves requests once it is deployed.
 */
public final class EmbeddedRegistry extends VerticleBase {

    /** The topic with the registry's state. */
    public static final String TOPIC = "registry-schemas";

    private static final int IDLE_SECONDS = 120;
    private static final long MAX_UNACKED_BYTES = 4L << 20;

    private final RegistryListeners listeners;
    private final Topics topics;
    private final TopicReader reader;
    private final MessageProducer producer;
    private WorkerExecutor cpu;
    private volatile int port;
    private volatile int publicPort;

    public EmbeddedRegistry(RegistryListeners listeners, KafkaClients kafka) {
        this(listeners, kafka.topics(), kafka.reader(), kafka.producer(MAX_UNACKED_BYTES));
    }

    /** Takes over the clients. */
    EmbeddedRegistry(RegistryListeners listeners, Topics topics, TopicReader reader, MessageProducer producer) {
        this.listeners = listeners;
        this.topics = topics;
        this.reader = reader;
        this.producer = producer;
    }

    @Override
    public Future<?> start() {
        cpu = vertx.createSharedWorkerExecutor("cpu", Runtime.getRuntime().availableProcessors());
        RegistryState state = new RegistryState();
        TopicLog log = new TopicLog(TOPIC, state, topics, reader, producer);
        Router router = router(state, log);
        return log.open()
                .compose(read -> listen(listeners.port(), Settings.LOCAL_REGISTRY_PORT, router))
                .onSuccess(server -> port = server.actualPort())
                .compose(server -> listeners
                        .publicPort()
                        .map(asked -> listen(asked, Settings.LOCAL_REGISTRY_PUBLIC_PORT, new ReadOnlyGate(router))
                                .onSuccess(second -> publicPort = second.actualPort()))
                        .orElseGet(Future::succeededFuture));
    }

    private Router router(RegistryState state, TopicLog log) {
        WriteQueue writes = new WriteQueue(log);
        Registrations registrations = new Registrations(state, log, writes, new SchemaChecks(cpu));
        Router router = RegistryRouter.router(vertx);
        RegistryRouter.get(router, "/").handler(Exchange.giving(exchange -> new JsonObject()));
        // The default context, and no other.
        RegistryRouter.get(router, "/contexts").handler(Exchange.giving(exchange -> List.of(".")));
        new SubjectRoutes(state, registrations, new Deletions(state, log, writes)).addTo(router);
        new RegistrySchemaRoutes(state).addTo(router);
        new SettingRoutes(state, new SettingWrites(state, log, writes)).addTo(router);
        new CompatibilityRoutes(state, registrations).addTo(router);
        return router;
    }

    private Future<HttpServer> listen(int asked, Setting<?> setting, Handler<HttpServerRequest> handler) {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(IDLE_SECONDS)
                // After an upgrade to HTTP/2, Java's HTTP client sometimes never receives the end of a response.
                .setHttp2ClearTextEnabled(false);
        return vertx.createHttpServer(options)
                .connectionHandler(connection -> SyntaxGate.install(connection, options, ApiError.REFUSAL))
                .requestHandler(handler)
                .listen(asked, listeners.host())
                .recover(cause -> Future.failedFuture(InvalidSettingsException.port(setting, asked, cause)));
    }

    /** Vert.x closes the listeners with the verticle. */
    @Override
    public Future<?> stop() {
        return Future.join(producer.close(), reader.close(), topics.close(), cpu.close());
    }

    /** The port of the read-write listener. */
    public int port() {
        return port;
    }

    /** The port of the read-only listener; 0 if there is none. */
    public int publicPort() {
        return publicPort;
    }
}
