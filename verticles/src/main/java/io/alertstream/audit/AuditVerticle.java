package io.alertstream.audit;

import io.alertstream.archive.AlertArchive;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.Topics;
import io.alertstream.ops.JobVerticle;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Terminal;
import io.alertstream.storage.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role {@code audit}: succeeds only if every message is in the archive, byte for byte, or was set aside. A store or
 * broker that can't be reached at the beginning ends it, since a setting may be wrong; one that worked is waited for.
 */
public final class AuditVerticle extends JobVerticle {

    private static final Logger log = LoggerFactory.getLogger(AuditVerticle.class);

    private final AuditSettings settings;
    private final Function<Vertx, AlertArchive> archiveOpener;
    private final Patience.Pace pace;
    private Topics topics;
    private TopicReader reader;
    private PatientReader patientReader;
    private AlertArchive archive;
    private Patience store;
    private WorkerExecutor cpu;

    public AuditVerticle(AuditSettings settings, Ops ops) {
        this(settings, vertx -> AlertArchive.open(vertx, settings.archive()), Patience.Pace.DEFAULT);
    }

    /** The same with an archive and a pace of the caller's choice. */
    AuditVerticle(AuditSettings settings, Function<Vertx, AlertArchive> archiveOpener, Patience.Pace pace) {
        this.settings = settings;
        this.archiveOpener = archiveOpener;
        this.pace = pace;
    }

    @Override
    protected Future<Void> run() {
        KafkaClients clients = new KafkaClients(vertx, settings.kafka());
        topics = clients.topics();
        reader = clients.reader();
        archive = archiveOpener.apply(vertx);
        patientReader = new PatientReader(vertx, topics, reader, pace);
        store = new Patience(vertx, "the archive's store", StoreException.class::isInstance, pace);
        cpu = vertx.createSharedWorkerExecutor("cpu", Runtime.getRuntime().availableProcessors());
        Audit audit = new Audit(topics, patientReader, cpu, settings.from(), Terminal.ofThisProcess());
        // The ends of the topics first: what is set aside after that belongs to later messages.
        return archive.check()
                .compose(usable -> audit.look(settings.topics()))
                .compose(states -> audit.deadLetters(settings.deadLetterTopic())
                        .compose(deadLetters ->
                                audit.run(states, new ArchiveComparison(archive, store, cpu, deadLetters))))
                .recover(failure -> Future.failedFuture(unfinished(failure, audit.report())))
                .map(finished -> judge(audit.report()));
    }

    private static AuditException unfinished(Throwable failure, AuditReport report) {
        String soFar = report.messages() == 0 ? "" : "; so far " + report;
        return new AuditException("the audit could not be finished: " + failure.getMessage() + soFar, failure);
    }

    private static Void judge(AuditReport report) {
        if (!report.isClean()) {
            throw new AuditException("the archive isn't complete: " + report);
        }
        log.atInfo().log("the archive is complete: {}", report);
        return null;
    }

    @Override
    public Future<?> stop() {
        patientReader.stop();
        store.stop();
        return Future.join(topics.close(), reader.close(), archive.close(), cpu.close());
    }
}
