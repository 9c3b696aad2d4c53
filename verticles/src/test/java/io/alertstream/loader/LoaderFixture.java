package io.alertstream.loader;

import io.alertstream.bus.Fact;
import io.alertstream.kafka.MemoryKafka;
import io.alertstream.registry.CallPolicy;
import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistrySettings;
import io.alertstream.settings.SettingValues;
import io.alertstream.settings.SettingsReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** A loader on its own context, with topics in memory and a registry that answers 503, so that ids aren't checked. */
abstract class LoaderFixture {

    static final String TOPIC = "alerts-static";

    final MemoryKafka kafka = new MemoryKafka();
    final MemoryKafka.Producer producer = kafka.producer();
    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final WorkerExecutor cpu = vertx.createSharedWorkerExecutor("cpu", 2);
    private URI registry;

    @BeforeEach
    void oldVisit() throws Exception {
        kafka.create(TOPIC, 1);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        registry = URI.create("http://127.0.0.1:" + server.actualPort());
    }

    @AfterEach
    void close() {
        vertx.close();
    }

    /** The registry's answers. */
    void answer(HttpServerRequest request) {
        request.response().setStatusCode(503).end();
    }

    static LoaderSettings settings(Map<String, String> settings) {
        return SettingsReader.read(List.of(new SettingValues("test", settings)), LoaderSettings::read);
    }

    static Path testCase(String name) {
        Path path = Path.of(System.getProperty("shared.data", "/nonexistent"), "..", "cases", name);
        Assumptions.assumeTrue(path.toFile().exists(), "needs the case " + path);
        return path;
    }

    Loader loader(LoaderSettings settings) {
        return new Loader(
                settings,
                kafka,
                producer,
                new SchemaIds(registry(), "alert-packet"),
                cpu,
                new LoaderMeters(new SimpleMeterRegistry()),
                Optional.empty());
    }

    Future<Fact.VisitLoaded> load(LoaderSettings settings) {
        return begin(() -> loader(settings).load());
    }

    <T> Future<T> begin(Supplier<Future<T>> task) {
        return Future.future(promise -> context.runOnContext(now -> task.get().onComplete(promise)));
    }

    /** Waits for pending work on the context, on the CPU pool and at the registry, in turn. */
    void settle() throws Exception {
        for (int i = 0; i < 10; i++) {
            begin(() -> cpu.executeBlocking(() -> null)
                            .compose(done -> registry().mode())
                            .otherwiseEmpty())
                    .await(60, TimeUnit.SECONDS);
        }
    }

    private RegistryClient registry() {
        CallPolicy once = new CallPolicy(Duration.ofMinutes(1), 1 << 20, 1, Duration.ofMillis(1), Duration.ofMillis(1));
        return new RegistryClient(vertx, RegistrySettings.open(registry), once);
    }

    void onContext(Runnable task) throws Exception {
        begin(() -> {
                    task.run();
                    return Future.succeededFuture();
                })
                .await(60, TimeUnit.SECONDS);
    }
}
