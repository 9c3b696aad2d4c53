package io.alertstream.replayer;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.AlertDecoder;
import io.alertstream.avro.profile.AlertProfile;
import io.alertstream.avro.sample.SampleVisit;
import io.alertstream.journal.Journal;
import io.alertstream.journal.JournalLine;
import io.alertstream.journal.JournalLine.Fault;
import io.alertstream.kafka.MemoryKafka;
import io.alertstream.kafka.Message;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;

/** A replayer whose visits are fresh or have faults, with a journal and a registry in memory. */
abstract class StagedFixture extends ReplayerFixture {

    static final String JOURNAL = "alerts-journal";
    static final int SCHEMA_ID = 1101;
    private static final int NEXT_ID = 100_000;
    static final Instant NOW = Instant.parse("2026-11-27T20:00:00Z");
    static final Schema SCHEMA = SampleVisit.of(1).schema();
    static final AlertDecoder DECODER = AlertDecoder.of(SCHEMA);

    final MemoryKafka.Producer journalProducer = kafka.producer();
    final Map<Integer, String> registry = new HashMap<>();
    AlertProfile profile = AlertProfile.lsst();
    StagedVisits staged;
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    @BeforeEach
    void topicsAndSchema() {
        registry.put(SCHEMA_ID, SCHEMA.toString());
        kafka.create(JOURNAL, 1);
        kafka.create(REPLAY, 1);
        kafka.create(STATIC, 1);
    }

    /** Starts a replayer as after a restart: all it knows of earlier visits is in the journal. */
    void start(boolean fresh, String recipes) {
        Staging staging = new Staging(
                fresh,
                recipes.isEmpty() ? Optional.empty() : Optional.of(FaultRecipes.parse(recipes)),
                profile,
                JOURNAL,
                null,
                "simulated");
        staged = new StagedVisits(
                staging,
                clock,
                timers,
                new Journal(JOURNAL, kafka, kafka.reader(), journalProducer),
                new ReplaySchemas(profile, this::document, this::register, new ReplaySchemas.Worker() {
                    @Override
                    public <T> Future<T> run(Callable<T> work) {
                        return Future.future(promise -> {
                            try {
                                promise.complete(work.call());
                            } catch (Exception e) {
                                promise.fail(e);
                            }
                        });
                    }
                }),
                stragglers,
                topic -> {
                    kafka.create(topic, 1);
                    return Future.succeededFuture();
                });
        preparations = staged;
        replayer = replayer(INTERVAL, false);
        replayer.start();
        pass(0);
    }

    private Future<String> document(int id) {
        String document = registry.get(id);
        return document == null ? Future.failedFuture("no schema " + id) : Future.succeededFuture(document);
    }

    private Future<Integer> register(String version, String document) {
        assertThat(version).startsWith(SCHEMA_ID + "-new-");
        int id = registry.entrySet().stream()
                .filter(known -> known.getValue().equals(document))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(NEXT_ID + registry.size());
        registry.put(id, document);
        return Future.succeededFuture(id);
    }

    List<byte[]> published() {
        return kafka.messages(REPLAY).stream().map(Message::value).toList();
    }

    List<JournalLine> lines() {
        return kafka.messages(JOURNAL).stream()
                .map(message -> JournalLine.of(message.value()))
                .toList();
    }

    List<Fault> faults() {
        return lines().stream()
                .filter(Fault.class::isInstance)
                .map(Fault.class::cast)
                .toList();
    }

    static GenericRecord source(GenericRecord alert) {
        return (GenericRecord) alert.get("diaSource");
    }

    static long id(byte[] packet) {
        return (long) DECODER.decode(packet).get("diaSourceId");
    }
}
