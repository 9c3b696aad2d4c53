package io.alertstream.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.registry.RegistryException.Reason;
import io.alertstream.registry.ScriptedRegistry.Behaviour;
import io.alertstream.settings.Secret;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RegistryClientTest {

    private static final CallPolicy POLICY =
            new CallPolicy(Duration.ofSeconds(10), 10_000, 3, Duration.ofMillis(1), Duration.ofMillis(4));
    private static final CallPolicy HASTY =
            new CallPolicy(Duration.ofMillis(500), 10_000, 2, Duration.ofMillis(1), Duration.ofMillis(4));

    private Vertx vertx;
    private ScriptedRegistry registry;
    private URI url;
    private RegistryClient client;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        registry = new ScriptedRegistry(vertx);
        url = get(registry.listen(0));
        client = new RegistryClient(vertx, RegistrySettings.open(url), POLICY);
    }

    @AfterEach
    void stop() {
        client.close();
        get(vertx.close());
    }

    @Test
    void requestsEachIdOnceForAnyNumberOfCallers() throws Exception {
        registry.then(request -> vertx.timer(20)
                .onComplete(later -> Behaviour.schema(request.path()).answer(request)));
        int callers = 64;
        int requests = 2000;
        int ids = 20;
        CountDownLatch go = new CountDownLatch(1);
        List<java.util.concurrent.Future<List<String>>> answers = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(callers);
        try {
            for (int caller = 0; caller < callers; caller++) {
                int first = caller;
                answers.add(pool.submit(() -> {
                    go.await();
                    List<String> got = new ArrayList<>();
                    for (int i = first; i < requests; i += callers) {
                        got.add(get(client.schemaById(i % ids)));
                    }
                    return got;
                }));
            }
            go.countDown();
            Set<String> distinct = new HashSet<>();
            int count = 0;
            for (java.util.concurrent.Future<List<String>> answer : answers) {
                distinct.addAll(answer.get());
                count += answer.get().size();
            }
            assertThat(count).isEqualTo(requests);
            assertThat(distinct).hasSize(ids);
            assertThat(registry.requests()).hasSize(ids);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void doesNotCacheFailures() {
        registry.first(Behaviour.error(404, 40403)).then(Behaviour.schema("7"));
        assertThat(failureOf(client.schemaById(7)).reason()).isEqualTo(Reason.MISSING);
        assertThat(get(client.schemaById(7))).isEqualTo("7");
    }

    @Test
    void completesOnTheCallersContext() {
        registry.then(request ->
                vertx.timer(20).onComplete(later -> Behaviour.schema("1").answer(request)));
        List<Future<Boolean>> onOwnContext = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            onOwnContext.add(
                    onNewEventLoop(context -> client.schemaById(1).map(s -> Vertx.currentContext() == context)));
        }
        assertThat(get(Future.all(onOwnContext)).<Boolean>list()).containsOnly(true);
        assertThat(registry.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void retriesTransientFailures(int status) {
        registry.first(Behaviour.error(status, 50001), Behaviour.status(status, "<html>Bad gateway</html>"))
                .then(Behaviour.schema("1"));
        assertThat(get(client.schemaById(1))).isEqualTo("1");
        assertThat(registry.requests()).hasSize(3);
    }

    @Test
    void retriesBrokenConnections() {
        registry.first(Behaviour.hangUp(), Behaviour.cutOff()).then(Behaviour.schema("1"));
        assertThat(get(client.schemaById(1))).isEqualTo("1");
    }

    @Test
    void givesUpAfterTheLastAttempt() {
        registry.then(Behaviour.error(503, 50003));
        RegistryException failure = failureOf(client.schemaById(1));
        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure.httpStatus()).isEqualTo(503);
        assertThat(failure.errorCode()).isEqualTo(50003);
        assertThat(failure).hasMessageContaining(url + "/schemas/ids/1").hasMessageContaining("made up");
        assertThat(registry.requests()).hasSize(POLICY.attempts());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 422})
    void doesNotRetryRefusals(int status) {
        registry.then(Behaviour.error(status, status * 100 + 1));
        RegistryException failure = failureOf(client.register("s", NewSchemaVersion.of("\"int\"")));
        assertThat(failure.httpStatus()).isEqualTo(status);
        assertThat(failure.errorCode()).isEqualTo(status * 100 + 1);
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void distinguishesAMissingSchemaFromAServerThatIsNotARegistry() {
        registry.first(Behaviour.error(404, 40403), Behaviour.status(404, "<html>Not found</html>"));
        registry.first(Behaviour.status(404, "{\"error_code\":404,\"message\":\"HTTP 404 Not Found\"}"));
        assertThat(failureOf(client.schemaById(1)).reason()).isEqualTo(Reason.MISSING);
        assertThat(failureOf(client.schemaById(1)).reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failureOf(client.schemaById(1)).reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(registry.requests()).hasSize(3);
    }

    @Test
    void reportsAnUnreachableRegistry() {
        get(registry.close());
        RegistryException failure = failureOf(client.schemaById(1));
        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure).hasMessageContaining(url.toString()).hasMessageContaining("SCHEMA_REGISTRY_URL");
    }

    @Test
    void timesOut() {
        registry.then(Behaviour.silence());
        RegistryClient hasty = new RegistryClient(vertx, RegistrySettings.open(url), HASTY);
        RegistryException failure = failureOf(hasty.schemaById(1));
        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("500 ms");
    }

    @Test
    void timesOutWhileAnAnswerTrickles() {
        registry.then(request -> {
            HttpServerResponse response = request.response().setChunked(true);
            long timer = vertx.setPeriodic(20, tick -> response.write(" "));
            request.connection().closeHandler(closed -> vertx.cancelTimer(timer));
        });
        RegistryClient hasty = new RegistryClient(vertx, RegistrySettings.open(url), HASTY);
        assertThat(failureOf(hasty.schemaById(1))).hasMessageContaining("500 ms");
    }

    @Test
    void doesNotReadTooLargeAnswers() {
        registry.then(Behaviour.schema("x".repeat(POLICY.maxAnswerBytes())));
        RegistryException failure = failureOf(client.schemaById(1));
        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure).hasMessageContaining("more than 10000 bytes");
        assertThat(registry.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "5",
                "[]",
                "{}",
                "{\"schema\":5}",
                "{\"schema\":null}",
                "{\"schema\":\"cut",
                "<html>Welcome</html>",
                "\u0000\u0001\u00ff",
                "{\"schema\":\"x\"} and more"
            })
    void refusesInvalidAnswers(String body) {
        registry.then(Behaviour.status(200, body));
        RegistryException failure = failureOf(client.schemaById(1));
        assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void quotesAnswersBrieflyOnOneLine() {
        registry.then(Behaviour.status(400, "first\nsecond\u001b[31m" + "x".repeat(5000)));
        RegistryException failure = failureOf(client.register("s", NewSchemaVersion.of("\"int\"")));
        assertThat(failure.getMessage()).contains("first second").hasSizeLessThan(600);
        assertThat(failure.getMessage().chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void refusesUnusableSchemas() {
        registry.first(
                Behaviour.status(200, "{\"schemaType\":\"PROTOBUF\",\"schema\":\"message A {}\"}"),
                Behaviour.status(
                        200,
                        "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"a\",\"subject\":\"b\",\"version\":1}]}"));
        assertThat(failureOf(client.schemaById(1))).hasMessageContaining("PROTOBUF");
        assertThat(failureOf(client.schemaById(2)).reason()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void doesNotFollowRedirects() {
        registry.then(request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", url + "/elsewhere")
                .end());
        assertThat(failureOf(client.schemaById(1)).httpStatus()).isEqualTo(302);
        assertThat(registry.requests()).hasSize(1);
    }

    @Test
    void encodesSubjects() {
        registry.then(Behaviour.status(200, "{\"id\":1,\"version\":7,\"schema\":\"1\"}"));
        assertThat(get(client.version("a/b c?d#ä%+", 7))).isPresent();
        assertThat(registry.requests().get(0).uri()).isEqualTo("/subjects/a%2Fb%20c%3Fd%23%C3%A4%25%2B/versions/7");
    }

    @Test
    void keepsThePathOfTheAddress() {
        registry.then(Behaviour.schema("1"));
        RegistryClient below =
                new RegistryClient(vertx, RegistrySettings.open(URI.create(url + "/apis/ccompat/v7/")), POLICY);
        get(below.schemaById(1));
        assertThat(registry.requests().get(0).uri()).isEqualTo("/apis/ccompat/v7/schemas/ids/1");
    }

    @Test
    void sendsItsCredentialsAndNeverPrintsThem() {
        registry.then(Behaviour.error(401, 40101));
        Credentials basic = new Credentials.Basic("mona", new Secret("s3cret"));
        Credentials bearer = new Credentials.Bearer(new Secret("t0ken"));
        for (Credentials credentials : List.of(basic, bearer)) {
            RegistrySettings settings = new RegistrySettings(url, credentials);
            RegistryException failure = failureOf(new RegistryClient(vertx, settings, POLICY).schemaById(1));
            assertThat(failure).hasMessageContaining("SCHEMA_REGISTRY_PASSWORD");
            assertThat(settings + " " + failure.getMessage()).doesNotContain("s3cret", "t0ken", "czNjcmV0");
        }
        assertThat(registry.requests())
                .extracting(request -> request.getHeader("Authorization"))
                .containsExactly("Basic bW9uYTpzM2NyZXQ=", "Bearer t0ken");
    }

    @Test
    void continuesWhenTheRegistryIsBack() {
        int port = url.getPort();
        get(registry.close());
        assertThat(failureOf(client.schemaById(1)).reason()).isEqualTo(Reason.UNAVAILABLE);
        ScriptedRegistry back = new ScriptedRegistry(vertx).then(Behaviour.schema("1"));
        get(back.listen(port));
        assertThat(get(client.schemaById(1))).isEqualTo("1");
    }

    private <T> Future<T> onNewEventLoop(java.util.function.Function<Context, Future<T>> call) {
        io.vertx.core.Promise<T> promise = io.vertx.core.Promise.promise();
        vertx.deployVerticle(new io.vertx.core.VerticleBase() {
            @Override
            public Future<?> start() {
                call.apply(context).onComplete(promise);
                return Future.succeededFuture();
            }
        });
        return promise.future();
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private static RegistryException failureOf(Future<?> future) {
        try {
            Object result = get(future);
            throw new AssertionError("expected a failure, got " + result);
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(RegistryException.class);
            return (RegistryException) e.getCause();
        }
    }
}
