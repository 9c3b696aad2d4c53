package io.alertstream.loader;

import io.alertstream.avro.Alert;
import io.alertstream.avro.AlertStream;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.NewMessage;
import io.alertstream.ops.Progress;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends a stream of alerts into the static topic. While one batch is sent, the next one is made on the cpu pool. Memory
 * holds only these two and the producer's unacknowledged bytes.
 */
final class VisitUpload {

    /**
     * What was sent.
     *
     * @param took from the start of the first batch to the last acknowledgement
     * @param waitedForAlerts part of that time in which there was nothing to send: reading and encoding limit the rate
     * @param waitedForKafka part of that time in which the producer was full: Kafka limits the rate
     */
    record Uploaded(long alerts, long bytes, Duration took, Duration waitedForAlerts, Duration waitedForKafka) {}

    private static final long BATCH_BYTES = 2 << 20;

    /** How long a stop waits for outstanding acknowledgements. */
    private static final Duration STOP_FLUSH = Duration.ofMillis(500);

    private final String topic;
    private final MessageProducer producer;
    private final WorkerExecutor cpu;
    private final AlertStream alerts;
    private final long expected;
    private final AlertHeaders headers;
    private final Progress progress;
    private final LoaderMeters meters;
    private Future<List<Alert>> pulling;
    private final Promise<Void> end = Promise.promise();
    private final Promise<Void> flushedAfterStop = Promise.promise();
    private boolean stopped;

    private final long startNanos = System.nanoTime();
    private long waitedForAlertsNanos;
    private long waitedForKafkaNanos;
    private long sent;
    private long acknowledged;
    private long acknowledgedBytes;

    /**
     * @param alerts pulled only on the cpu pool
     * @param expected number of alerts
     */
    VisitUpload(
            String topic,
            MessageProducer producer,
            WorkerExecutor cpu,
            AlertStream alerts,
            long expected,
            AlertHeaders headers,
            Progress progress,
            LoaderMeters meters) {
        this.topic = topic;
        this.producer = producer;
        this.cpu = cpu;
        this.alerts = alerts;
        this.expected = expected;
        this.headers = headers;
        this.progress = progress;
        this.meters = meters;
    }

    /** Succeeds when every alert is acknowledged; fails at the first that can't be made or sent. */
    Future<Uploaded> run() {
        await(pull());
        return end.future()
                .eventually(() -> Future.any(flush().otherwiseEmpty(), flushedAfterStop.future()))
                // Wait for the current batch first: it reads the alerts, which are closed next, and completes on the
                // event loop.
                .eventually(() -> pulling.transform(pulled -> Future.succeededFuture()))
                .compose(sentAll -> acknowledged == expected
                        ? Future.succeededFuture(uploaded())
                        : Future.failedFuture(missingAlerts()));
    }

    private LoadException missingAlerts() {
        return stopped
                ? new LoadException(
                        "stopped on request, with %d of %d alerts acknowledged".formatted(acknowledged, expected))
                : new LoadException(
                        "expected %d alerts, as when the source was checked, but %d were acknowledged; don't change a file that is being loaded"
                                .formatted(expected, acknowledged));
    }

    /** Stops sending; the run fails unless every alert was acknowledged. */
    void stop() {
        stopped = true;
        end.tryComplete();
        producer.flush()
                .timeout(STOP_FLUSH.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(flushed -> flushedAfterStop.tryComplete());
    }

    private Future<List<Alert>> pull() {
        pulling = cpu.executeBlocking(
                () -> {
                    List<Alert> batch = new ArrayList<>();
                    long bytes = 0;
                    while (bytes < BATCH_BYTES && alerts.hasNext()) {
                        Alert alert = alerts.next();
                        batch.add(alert);
                        bytes += alert.packet().length;
                    }
                    return batch;
                },
                false);
        return pulling;
    }

    private void await(Future<List<Alert>> batch) {
        long since = System.nanoTime();
        batch.onComplete(made -> {
            waitedForAlertsNanos += System.nanoTime() - since;
            pulled(made);
        });
    }

    private void pulled(AsyncResult<List<Alert>> batch) {
        if (end.future().isComplete()) {
            return;
        }
        if (batch.failed()) {
            end.tryFail(batch.cause());
        } else if (batch.result().isEmpty()) {
            end.tryComplete();
        } else {
            send(batch.result(), 0, pull());
        }
    }

    /** Sends a batch from the given alert on until the producer is full, then the next batch. */
    private void send(List<Alert> batch, int from, Future<List<Alert>> next) {
        for (int i = from; i < batch.size() && !end.future().isComplete(); i++) {
            if (producer.isFull()) {
                int rest = i;
                long since = System.nanoTime();
                producer.whenNotFull().onComplete(notFull -> {
                    waitedForKafkaNanos += System.nanoTime() - since;
                    send(batch, rest, next);
                });
                return;
            }
            send(batch.get(i));
        }
        if (!end.future().isComplete()) {
            await(next);
        }
    }

    private void send(Alert alert) {
        byte[] packet = alert.packet();
        if (++sent > expected) {
            end.tryFail(new LoadException("the source has more alerts than the %d that were counted when it was checked"
                    .formatted(expected)));
            return;
        }
        producer.send(new NewMessage(topic, 0, null, packet, headers.of(alert))).onComplete(result -> {
            if (result.failed()) {
                end.tryFail(result.cause());
                return;
            }
            acknowledged++;
            acknowledgedBytes += packet.length;
            meters.loaded(packet.length);
            progress.reached(acknowledged, acknowledgedBytes);
        });
    }

    private Future<Void> flush() {
        long since = System.nanoTime();
        return producer.flush().onComplete(flushed -> waitedForKafkaNanos += System.nanoTime() - since);
    }

    private Uploaded uploaded() {
        return new Uploaded(
                acknowledged,
                acknowledgedBytes,
                Duration.ofNanos(System.nanoTime() - startNanos),
                Duration.ofNanos(waitedForAlertsNanos),
                Duration.ofNanos(waitedForKafkaNanos));
    }
}
