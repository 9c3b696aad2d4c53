package io.alertstream.audit;

import io.alertstream.archive.AlertArchive;
import io.alertstream.kafka.KafkaClientException;
import io.alertstream.kafka.KafkaClients;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.Topics;
import io.alertstream.ops.JobVerticle;
import io.alertstream.ops.Ops;
import io.alertstream.ops.Terminal;
import io.alertstream.retry.Backoff;
import io.alertstream.retry.Outage;
import io.alertstream.retry.Retry;
import io.alertstream.retry.RetryPolicy;
import io.alertstream.storage.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The role {@code audit}: succeeds only if every message is in the archive, byte for byte, or was set aside. If a store
 * or broker can't be reached at the start, the audit fails, since a setting may be wrong; after that it waits for one
 * that becomes unavailable.
 */
public final class AuditVerticle extends JobVerticle {

    private static final Logger log = LoggerFactory.getLogger(AuditVerticle.class);

    private final AuditSettings settings;
    private final Function<Vertx, AlertArchive> archiveOpener;
    private final Backoff backoff;
    private Topics topics;
    private TopicReader reader;
    private AlertArchive archive;
    private Retry kafka;
    private Retry store;
    private WorkerExecutor cpu;

    public AuditVerticle(AuditSettings settings, Ops ops) {
        this(settings, vertx -> AlertArchive.open(vertx, settings.archive()), Backoff.DEFAULT);
    }

    /** The same with an archive and a backoff of the caller's choice. */
    AuditVerticle(AuditSettings settings, Function<Vertx, AlertArchive> archiveOpener, Backoff backoff) {
        this.settings = settings;
        this.archiveOpener = archiveOpener;
        this.backoff = backoff;
    }

    @Override
    protected Future<Void> run() {
        KafkaClients clients = new KafkaClients(vertx, settings.kafka());
        topics = clients.topics();
        reader = clients.reader();
        archive = archiveOpener.apply(vertx);
        kafka = retry("Kafka", KafkaClientException.class::isInstance);
        store = retry("store", StoreException.class::isInstance);
        cpu = vertx.createSharedWorkerExecutor("cpu", Runtime.getRuntime().availableProcessors());
        Audit audit = new Audit(
                topics, new RetryingReader(topics, reader, kafka), cpu, settings.from(), Terminal.ofThisProcess());
        // The topics' ends are taken first: messages set aside after that are later ones.
        return archive.verify()
                .compose(usable -> audit.look(settings.topics()))
                .compose(states -> audit.deadLetters(settings.deadLetterTopic())
                        .compose(deadLetters -> audit.run(
                                states, new ArchiveComparison(archive, settings.profile(), store, cpu, deadLetters))))
                .recover(failure -> Future.failedFuture(unfinished(failure, audit.report())))
                .map(finished -> judge(audit.report()));
    }

    /** Without limit, so that an outage of a minute doesn't abort an audit of hours. */
    private Retry retry(String dependency, Predicate<Throwable> isTransient) {
        return new Retry(
                vertx,
                RetryPolicy.unlimited(backoff, isTransient),
                new Outage(log, Level.WARN, dependency, "audit paused", System::nanoTime));
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
        kafka.stop("the audit was stopped while it waited for Kafka");
        store.stop("the audit was stopped while it waited for the store");
        return Future.join(topics.close(), reader.close(), archive.close(), cpu.close());
    }
}
