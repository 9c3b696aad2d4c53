package io.alertstream.audit;

import io.alertstream.archive.AlertArchive;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.Topics;
import io.alertstream.ops.JobVerticle;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Terminal;
import io.alertstream.storage.Retry;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The role {@code audit}: succeeds only if every message is in the archive, byte for byte, or was set aside. */
public final class AuditVerticle extends JobVerticle {

    private static final Logger log = LoggerFactory.getLogger(AuditVerticle.class);

    private final AuditSettings settings;
    private Topics topics;
    private TopicReader reader;
    private AlertArchive archive;
    private Retry retry;
    private WorkerExecutor cpu;

    public AuditVerticle(AuditSettings settings, Ops ops) {
        this.settings = settings;
    }

    @Override
    protected Future<Void> run() {
        KafkaClients clients = new KafkaClients(vertx, settings.kafka());
        topics = clients.topics();
        reader = clients.reader();
        archive = AlertArchive.open(vertx, settings.archive());
        retry = Retry.briefly(vertx);
        cpu = vertx.createSharedWorkerExecutor("cpu", Runtime.getRuntime().availableProcessors());
        Audit audit = new Audit(topics, reader, settings.from(), Terminal.ofThisProcess());
        // The ends of the topics first: what is set aside after that belongs to later messages.
        return audit.look(settings.topics())
                .compose(states -> SetAside.read(topics, reader, settings.deadLetterTopic())
                        .compose(setAside -> audit.run(states, new Comparison(archive, retry, cpu, setAside))))
                .map(AuditVerticle::judge);
    }

    private static Void judge(Tally tally) {
        if (!tally.isClean()) {
            throw new AuditException("the archive isn't complete: " + tally);
        }
        log.atInfo().log("the archive is complete: {}", tally);
        return null;
    }

    @Override
    public Future<?> stop() {
        retry.close();
        return Future.join(topics.close(), reader.close(), archive.close(), cpu.close());
    }
}
