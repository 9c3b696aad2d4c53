package io.alertstream.loader;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertSourceException;
import io.alertstream.avro.AlertStream;
import io.alertstream.kafka.MemoryKafka;
import io.alertstream.kafka.Message;
import io.alertstream.loader.VisitUpload.Uploaded;
import io.alertstream.ops.Progress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VisitUploadTest {

    private static final double FIRST = 61_000.5;
    private static final int PACKET_BYTES = 500_000;

    private final Vertx vertx = Vertx.vertx();
    private final WorkerExecutor cpu = vertx.createSharedWorkerExecutor("cpu", 1);
    private final MemoryKafka kafka = new MemoryKafka();
    private final MemoryKafka.Producer producer = kafka.producer();
    private final AtomicInteger made = new AtomicInteger();

    @BeforeEach
    void topic() {
        kafka.create("static", 1);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    /** Alerts a quarter of a second apart, made as they are pulled. */
    private AlertStream alerts(int count) {
        return new AlertStream() {
            @Override
            public boolean hasNext() {
                return made.get() < count;
            }

            @Override
            public Alert next() {
                int number = made.getAndIncrement();
                byte[] packet = new byte[PACKET_BYTES];
                packet[0] = (byte) number;
                return new Alert(number, FIRST + number * 0.25 / 86_400, packet);
            }

            @Override
            public void close() {}
        };
    }

    /** Uploads on an event loop, as the verticle does. */
    private Future<Uploaded> upload(AlertStream alerts, long expected) {
        VisitUpload upload = new VisitUpload(
                "static",
                producer,
                cpu,
                alerts,
                expected,
                new SingleVisit(new TimeOffsets(FIRST), expected),
                new Progress("loader", "alerts", expected, System::nanoTime, Optional.empty()),
                new LoaderMeters(new SimpleMeterRegistry()));
        return Future.future(promise -> vertx.runOnContext(now -> upload.run().onComplete(promise)));
    }

    @Test
    void sendsEveryAlertInOrderWithItsOffsetAndTheVisitsSize() throws Exception {
        Uploaded uploaded = upload(alerts(20), 20).await(10, TimeUnit.SECONDS);

        assertThat(uploaded.alerts()).isEqualTo(20);
        assertThat(uploaded.bytes()).isEqualTo(20L * PACKET_BYTES);
        List<Message> messages = kafka.messages("static");
        assertThat(messages)
                .extracting(message -> message.value()[0])
                .containsExactly(
                        (byte) 0, (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5, (byte) 6, (byte) 7, (byte) 8,
                        (byte) 9, (byte) 10, (byte) 11, (byte) 12, (byte) 13, (byte) 14, (byte) 15, (byte) 16,
                        (byte) 17, (byte) 18, (byte) 19);
        assertThat(messages).allSatisfy(message -> {
            assertThat(message.key()).isNull();
            assertThat(header(message, "alertsim-visit-alerts")).isEqualTo("20");
        });
        assertThat(header(messages.get(0), "alertsim-time-offset")).isEqualTo("0.0");
        assertThat(header(messages.get(5), "alertsim-time-offset")).isEqualTo("1.25");
    }

    private static String header(Message message, String name) {
        return new String(message.headers().last(name), US_ASCII);
    }

    @Test
    void producesNoMoreAlertsThanTheProducerAccepts() throws Exception {
        producer.hold();
        producer.limit(2);
        Future<Uploaded> upload = upload(alerts(100), 100);
        int most = 0;
        int acknowledged = 0;
        while (!upload.isComplete()) {
            Future<Integer> round = Future.future(promise -> vertx.runOnContext(now -> {
                int before = kafka.messages("static").size();
                producer.acknowledge();
                promise.complete(before);
            }));
            acknowledged = round.await(10, TimeUnit.SECONDS);
            most = Math.max(most, made.get() - acknowledged);
        }

        assertThat(producer.mostUnacknowledged()).isEqualTo(2);
        // Two batches of five, the producer's messages, and a margin for counting from another thread.
        assertThat(most).isLessThan(25);
        assertThat(upload.result().alerts()).isEqualTo(100);
    }

    @Test
    void failsWithTheSourcesFailure() {
        AlertStream broken = new AlertStream() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Alert next() {
                throw new AlertSourceException("alert 7 of visit.avro is broken");
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> upload(broken, 10).await(10, TimeUnit.SECONDS))
                .isInstanceOf(AlertSourceException.class)
                .hasMessageContaining("alert 7");
    }

    @Test
    void failsWithTheProducersFailure() {
        producer.refuse(new IllegalStateException("topic static: record too large"));

        assertThatThrownBy(() -> upload(alerts(10), 10).await(10, TimeUnit.SECONDS))
                .hasMessageContaining("record too large");
    }

    @Test
    void failsIfTheSourceShrankOrGrewSinceTheCheck() {
        assertThatThrownBy(() -> upload(alerts(10), 11).await(10, TimeUnit.SECONDS))
                .hasMessageContaining("expected 11 alerts");
        made.set(0);
        assertThatThrownBy(() -> upload(alerts(10), 9).await(10, TimeUnit.SECONDS))
                .hasMessageContaining("more alerts than the 9");
    }
}
