package io.alertstream.ingester;

import io.alertstream.archive.AlertArchive;
import io.alertstream.archive.Crc32c;
import io.alertstream.archive.Origin;
import io.alertstream.archive.Outcome;
import io.alertstream.archive.PacketDigest;
import io.alertstream.ingester.IngesterMetrics.Result;
import io.alertstream.ingester.Offsets.Delivery;
import io.alertstream.kafka.DeadLetter;
import io.alertstream.kafka.DeadLetter.Reason;
import io.alertstream.kafka.Message;
import io.alertstream.retry.Retry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * Takes messages into the archive. Messages are examined in chunks on the CPU pool, which saves thread switches; after
 * that each is handled independently.
 */
final class Pipeline {

    /** Messages per task on the CPU pool: a few milliseconds of work, so that storing starts early. */
    private static final int CHUNK = 8;

    /**
     * Messages that are examined or stored concurrently: enough for 2,500 a second into a store with a latency of 100
     * ms. The others wait uncompressed: compressed copies would only fill the heap.
     */
    private static final int MAX_UNDERWAY = 256;

    private final AlertArchive archive;
    private final Examiner examiner;
    private final Schemas schemas;
    private final DeadLetters deadLetters;
    private final ExpiringMap<Long, PacketDigest> archived;
    private final Retry store;
    private final IngesterMetrics metrics;
    private final WorkerExecutor cpu;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underway;

    /** Called on the ingester's context. */
    interface Listener {

        /** A message is durable. */
        void done(Delivery delivery, Result result, OptionalLong alertId);

        /** A failure that neither time nor an operator resolves. */
        void failed(Throwable cause);
    }

    Pipeline(
            AlertArchive archive,
            Examiner examiner,
            Schemas schemas,
            DeadLetters deadLetters,
            ExpiringMap<Long, PacketDigest> archived,
            Retry store,
            IngesterMetrics metrics,
            WorkerExecutor cpu) {
        this.archive = archive;
        this.examiner = examiner;
        this.schemas = schemas;
        this.deadLetters = deadLetters;
        this.archived = archived;
        this.store = store;
        this.metrics = metrics;
        this.cpu = cpu;
    }

    /** Starts archiving messages; the listener is called for each one when it is durable. */
    void accept(List<Delivery> deliveries, Listener listener) {
        for (int from = 0; from < deliveries.size(); from += CHUNK) {
            List<Delivery> chunk = List.copyOf(deliveries.subList(from, Math.min(from + CHUNK, deliveries.size())));
            waiting.add(() -> start(chunk, listener));
        }
        startWaiting();
    }

    private void startWaiting() {
        while (underway < MAX_UNDERWAY && !waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    private void start(List<Delivery> chunk, Listener listener) {
        underway += chunk.size();
        cpu.executeBlocking(() -> examine(chunk), false)
                .onComplete(verdicts -> settle(chunk, verdicts, listener), listener::failed);
    }

    private List<Verdict> examine(List<Delivery> chunk) {
        return chunk.stream()
                .map(delivery -> examiner.examine(delivery.message()))
                .toList();
    }

    private void settle(List<Delivery> chunk, List<Verdict> verdicts, Listener listener) {
        Map<Integer, List<Delivery>> needSchema = new LinkedHashMap<>();
        for (int i = 0; i < chunk.size(); i++) {
            verdicts.get(i).accept(new Settlement(chunk.get(i), needSchema, listener));
        }
        needSchema.forEach((id, these) -> {
            underway -= these.size();
            schemas.load(id).onComplete(known -> accept(these, listener), listener::failed);
        });
        startWaiting();
    }

    /** What each verdict on a message leads to. */
    private final class Settlement implements Verdict.Cases {

        private final Delivery delivery;
        private final Map<Integer, List<Delivery>> needSchema;
        private final Listener listener;

        Settlement(Delivery delivery, Map<Integer, List<Delivery>> needSchema, Listener listener) {
            this.delivery = delivery;
            this.needSchema = needSchema;
            this.listener = listener;
        }

        @Override
        public void fresh(Verdict.Fresh alert) {
            put(delivery, alert, listener);
        }

        @Override
        public void known(Verdict.Known alert) {
            done(delivery, Result.RECENT, OptionalLong.of(alert.alertId()), listener);
        }

        @Override
        public void needsSchema(Verdict.NeedsSchema message) {
            needSchema
                    .computeIfAbsent(message.schemaId(), id -> new ArrayList<>())
                    .add(delivery);
        }

        @Override
        public void rejected(Verdict.Rejected message) {
            setAside(delivery, message.letter(), message.fingerprint(), listener);
        }

        @Override
        public void rejectedAgain(Verdict.RejectedAgain message) {
            metrics.deadLetter(message.reason());
            done(delivery, Result.RECENT_DEAD_LETTER, OptionalLong.empty(), listener);
        }
    }

    private void put(Delivery delivery, Verdict.Fresh fresh, Listener listener) {
        Message message = delivery.message();
        Origin origin = new Origin(message.topic(), message.partition(), message.offset(), fresh.schemaId());
        store.call(() -> timed(fresh, origin))
                .onComplete(outcome -> settle(delivery, fresh, outcome, listener), listener::failed);
    }

    private void settle(Delivery delivery, Verdict.Fresh fresh, Outcome outcome, Listener listener) {
        Message message = delivery.message();
        outcome.match(new Outcome.Cases<Runnable>(
                        () -> () -> archived(delivery, fresh, Result.STORED, listener),
                        () -> () -> archived(delivery, fresh, Result.DUPLICATE, listener),
                        conflict -> () -> setAside(delivery, fresh, conflict(message, fresh, conflict), listener),
                        unreadable ->
                                () -> setAside(delivery, fresh, unreadable(message, fresh, unreadable), listener)))
                .run();
    }

    private void archived(Delivery delivery, Verdict.Fresh alert, Result result, Listener listener) {
        archived.put(alert.alertId(), alert.digest());
        done(delivery, result, OptionalLong.of(alert.alertId()), listener);
    }

    private void setAside(Delivery delivery, Verdict.Fresh alert, DeadLetter letter, Listener listener) {
        setAside(delivery, letter, new Fingerprint(Reason.CONFLICT, alert.digest()), listener);
    }

    private Future<Outcome> timed(Verdict.Fresh fresh, Origin origin) {
        long start = System.nanoTime();
        return archive.putAlert(fresh.alertId(), fresh.packed(), origin)
                .onSuccess(outcome -> metrics.stored(System.nanoTime() - start));
    }

    private static DeadLetter conflict(Message message, Verdict.Fresh fresh, Outcome.Conflict conflict) {
        return new DeadLetter(
                message,
                Reason.CONFLICT,
                "the archive has other bytes under this alert's id",
                OptionalInt.of(fresh.schemaId()),
                OptionalLong.of(fresh.alertId()),
                Optional.of(Crc32c.text(conflict.offeredCrc32c())),
                Optional.of(Crc32c.text(conflict.storedCrc32c())));
    }

    private static DeadLetter unreadable(Message message, Verdict.Fresh fresh, Outcome.Unreadable unreadable) {
        return new DeadLetter(
                message,
                Reason.CONFLICT,
                "the archive's object under this alert's id can't be read: " + unreadable.reason(),
                OptionalInt.of(fresh.schemaId()),
                OptionalLong.of(fresh.alertId()),
                Optional.of(Crc32c.text(Crc32c.of(fresh.packed().packet()))),
                Optional.empty());
    }

    private void setAside(Delivery delivery, DeadLetter letter, Fingerprint fingerprint, Listener listener) {
        deadLetters
                .setAside(letter, fingerprint)
                .onComplete(
                        result -> {
                            metrics.deadLetter(letter.reason());
                            done(delivery, result, letter.alertId(), listener);
                        },
                        listener::failed);
    }

    private void done(Delivery delivery, Result result, OptionalLong alertId, Listener listener) {
        underway--;
        metrics.count(result, delivery.message().bytes());
        listener.done(delivery, result, alertId);
        startWaiting();
    }
}
