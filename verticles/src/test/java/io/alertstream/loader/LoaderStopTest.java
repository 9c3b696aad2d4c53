package io.alertstream.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.avro.AlertSource;
import io.alertstream.avro.AlertStream;
import io.alertstream.avro.SchemaCatalog;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.bus.Fact;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stop ends a load at any step, even one that waits forever, and reports the state of the static topic. */
class LoaderStopTest extends LoaderFixture {

    private final SampleVisit sample = SampleVisit.of(20);

    /** Counted down when something is under way that a stop has to interrupt. */
    private final CountDownLatch reached = new CountDownLatch(1);

    private final CountDownLatch cancelled = new CountDownLatch(1);
    private boolean registryAnswers = true;
    private Loader loader;

    @BeforeEach
    void newLoader() {
        loader = loader(settings(Map.of("SAMPLE_ALERTS", "20")));
    }

    @AfterEach
    void letGo() {
        cancelled.countDown();
    }

    @Override
    void answer(HttpServerRequest request) {
        if (registryAnswers) {
            super.answer(request);
        } else {
            reached.countDown();
        }
    }

    private VisitSource source(AlertSource alerts) {
        return new VisitSource(
                alerts,
                List.of(),
                SchemaCatalog.bundled(),
                new TargetSchema(sample.schema(), Optional.of(SampleVisit.SCHEMA_VERSION)));
    }

    private Future<Fact.VisitLoaded> load(Callable<VisitSource> open) {
        return begin(() -> loader.load(open));
    }

    private void stop() throws Exception {
        onContext(loader::stop);
    }

    private void assertStopped(Future<Fact.VisitLoaded> load, String... words) {
        assertThatThrownBy(() -> load.await(10, TimeUnit.SECONDS))
                .isInstanceOf(LoadException.class)
                .satisfies(failure -> assertThat(failure.getMessage()).contains(words));
    }

    private void assertStoppedWithTheTopicAsItWas(Future<Fact.VisitLoaded> load) {
        assertStopped(load, "stopped on request", "topic " + TOPIC + " is as it was");
        assertThat(kafka.log()).isEmpty();
    }

    @Test
    void whileTheFileIsOpened() throws Exception {
        Future<Fact.VisitLoaded> load = load(() -> {
            reached.countDown();
            cancelled.await();
            return source(sample);
        });
        reached.await();
        stop();

        assertStoppedWithTheTopicAsItWas(load);
    }

    @Test
    void whileTheRegistryIsQueried() throws Exception {
        registryAnswers = false;
        Future<Fact.VisitLoaded> load = load(() -> source(sample));
        reached.await();
        stop();

        assertStoppedWithTheTopicAsItWas(load);
    }

    /** A file whose reading never ends unless it is cancelled. */
    private class Endless implements AlertSource {

        @Override
        public Schema schema() {
            return sample.schema();
        }

        @Override
        public Contents check(BooleanSupplier stop) {
            reached.countDown();
            boolean letGo = false;
            while (!letGo && !stop.getAsBoolean()) {
                letGo = cancelled.getCount() == 0;
            }
            cancelled.countDown();
            throw new CancellationException("cancelled");
        }

        @Override
        public AlertStream open(Schema target, int schemaId) {
            return sample.open(target, schemaId);
        }
    }

    @Test
    void whileTheFileIsRead() throws Exception {
        Future<Fact.VisitLoaded> load = load(() -> source(new Endless()));
        reached.await();
        stop();

        assertStoppedWithTheTopicAsItWas(load);
        assertThat(cancelled.await(10, TimeUnit.SECONDS))
                .as("the reading was cancelled")
                .isTrue();
    }

    /** The stop comes when the last alert has been read. */
    @Test
    void atTheEndOfTheRead() throws Exception {
        Future<Fact.VisitLoaded> load = load(() -> source(new Endless() {
            @Override
            public Contents check(BooleanSupplier stop) {
                try {
                    return super.check(stop);
                } catch (CancellationException e) {
                    return sample.check();
                }
            }
        }));
        reached.await();
        stop();
        settle();

        assertStoppedWithTheTopicAsItWas(load);
    }

    @Test
    void whileTheTopicIsRecreated() throws Exception {
        Runnable create = kafka.holdRecreations();
        Future<Fact.VisitLoaded> load = load(() -> source(sample));
        awaitOnContext(() -> !kafka.log().isEmpty());
        stop();

        assertStopped(load, "stopped on request", "topic " + TOPIC, "missing or empty");
        onContext(create);
        settle();
        assertThat(kafka.messages(TOPIC)).as("messages sent after the stop").isEmpty();
    }

    @Test
    void whileAlertsAreSent() throws Exception {
        producer.hold();
        Future<Fact.VisitLoaded> load = load(() -> source(sample));
        awaitOnContext(() -> producer.unackedBytes() > 0);
        stop();

        assertStopped(load, "topic " + TOPIC + " holds only part of the visit", "stopped on request");
    }

    @Test
    void afterTheEndItChangesNothing() throws Exception {
        Future<Fact.VisitLoaded> load = load(() -> source(sample));
        assertThat(load.await(60, TimeUnit.SECONDS).alerts()).isEqualTo(20);
        onContext(loader::stop);

        assertThat(kafka.messages(TOPIC)).hasSize(20);
    }

    private void awaitOnContext(BooleanSupplier condition) throws Exception {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        boolean[] met = {false};
        while (!met[0]) {
            assertThat(System.nanoTime()).isLessThan(limit);
            onContext(() -> met[0] = condition.getAsBoolean());
        }
    }
}
