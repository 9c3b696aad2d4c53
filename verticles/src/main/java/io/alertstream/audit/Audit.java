package io.alertstream.audit;

import io.alertstream.kafka.Message;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.alertstream.ops.Progress;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One audit, from listing the topics to the verdict. For one context. */
final class Audit {

    private static final Logger log = LoggerFactory.getLogger(Audit.class);
    private static final long MAX_BYTES_IN_FLIGHT = 32 << 20;

    /** An ingester sets the same message aside once a day at most. The second day allows for clocks that differ. */
    private static final Duration REPEATS_FOR = Duration.ofDays(2);

    /** Digests of dead letters take at most a third of the heap, half of that for values and half for origins. */
    private static final int MAX_DEAD_LETTERS =
            DigestSet.capacity(Runtime.getRuntime().maxMemory() / 3 / 2);

    /** Memory that a message takes besides its key and value. */
    private static final int MESSAGE_OVERHEAD_BYTES = 1024;

    private final Topics topics;
    private final RetryingReader reader;
    private final WorkerExecutor cpu;
    private final AuditFrom from;
    private final AuditReport report = new AuditReport();
    private final Optional<PrintStream> terminal;
    private Progress progress;
    private long passed;
    private long passedBytes;

    /**
     * @param cpu where digests are computed
     * @param terminal where to draw a progress bar, if there is one
     */
    Audit(Topics topics, RetryingReader reader, WorkerExecutor cpu, AuditFrom from, Optional<PrintStream> terminal) {
        this.topics = topics;
        this.reader = reader;
        this.cpu = cpu;
        this.from = from;
        this.terminal = terminal;
    }

    /** The topics as they are now, from where the audit begins; fails if one of them doesn't exist. */
    Future<List<TopicState>> look(Set<String> names) {
        Future<List<TopicState>> states = Future.succeededFuture(new ArrayList<>());
        for (String name : names.stream().sorted().toList()) {
            states = states.compose(before -> topics.state(name)
                    .compose(state -> beginning(state.orElseThrow(() ->
                            new AuditException("there is no topic " + name + "; INGEST_TOPICS names those to audit"))))
                    .map(state -> {
                        before.add(state);
                        return before;
                    }));
        }
        return states;
    }

    private Future<TopicState> beginning(TopicState state) {
        return from.match(
                () -> Future.succeededFuture(state),
                time -> topics.since(state, time.instant()),
                offsets -> Future.succeededFuture(beginning(state, offsets)));
    }

    private static TopicState beginning(TopicState state, AuditFrom.Offsets offsets) {
        Map<Integer, Long> beginning = new HashMap<>(state.beginning());
        offsets.next().getOrDefault(state.topic(), Map.of()).forEach((partition, offset) -> {
            Long first = state.beginning().get(partition);
            Long end = state.end().get(partition);
            if (first == null || offset < first || offset > end) {
                throw new AuditException("AUDIT_FROM names offset %d of %s-%d, %s"
                        .formatted(
                                offset,
                                state.topic(),
                                partition,
                                first == null ? "which doesn't exist" : "which holds offsets " + first + " to " + end));
            }
            beginning.put(partition, offset);
        });
        return new TopicState(state.topic(), state.topicId(), beginning, state.end());
    }

    /** Reads the dead-letter topic up to its present end. If it doesn't exist, nothing was set aside. */
    Future<KnownDeadLetters> deadLetters(String topic) {
        KnownDeadLetters deadLetters = new KnownDeadLetters(topic, MAX_DEAD_LETTERS);
        BytesInFlight inFlight = new BytesInFlight(MAX_BYTES_IN_FLIGHT);
        return topics.state(topic)
                .compose(state -> state.isEmpty()
                        ? Future.succeededFuture()
                        : lettersFrom(state.get())
                                .compose(
                                        letters -> reader.read(letters, message -> add(message, deadLetters, inFlight)))
                                .compose(read -> inFlight.end()))
                .map(deadLetters);
    }

    private Future<TopicState> lettersFrom(TopicState state) {
        return from.match(
                () -> Future.succeededFuture(state),
                time -> topics.since(state, time.instant().minus(REPEATS_FOR)),
                offsets -> Future.succeededFuture(state));
    }

    private Future<Void> add(Message message, KnownDeadLetters deadLetters, BytesInFlight inFlight) {
        Future<Void> added = cpu.executeBlocking(() -> KnownDeadLetters.Letter.of(message), false)
                .map(letter -> {
                    deadLetters.add(letter);
                    return null;
                });
        return inFlight.add(cost(message), added);
    }

    /**
     * Compares all messages of the topics.
     *
     * @return fails if the topics or the archive can't be read; {@link #report} then has the findings so far
     */
    Future<Void> run(List<TopicState> states, ArchiveComparison comparison) {
        long messages = states.stream().mapToLong(TopicState::messages).sum();
        progress = new Progress("audit", "messages", messages, System::nanoTime, terminal);
        BytesInFlight inFlight = new BytesInFlight(MAX_BYTES_IN_FLIGHT);
        Future<Void> all = Future.succeededFuture();
        for (TopicState state : states) {
            log.atInfo().addKeyValue("topic", state.topic()).log("auditing {} messages", state.messages());
            all = all.compose(before -> reader.read(state, message -> compare(message, comparison, inFlight)))
                    .onSuccess(report::deleted)
                    .mapEmpty();
        }
        return all.compose(read -> inFlight.end()).onComplete(ended -> {
            progress.end();
            report.end();
        });
    }

    private Future<Void> compare(Message message, ArchiveComparison comparison, BytesInFlight inFlight) {
        boolean before = from.match(
                () -> false, time -> message.timestampMillis() < time.instant().toEpochMilli(), offsets -> false);
        if (before) {
            passed(message);
            return Future.succeededFuture();
        }
        Future<Void> done = comparison.compare(message).map(finding -> {
            report.add(message, finding);
            passed(message);
            return null;
        });
        return inFlight.add(cost(message), done);
    }

    private static long cost(Message message) {
        return (long) message.bytes() + MESSAGE_OVERHEAD_BYTES;
    }

    private void passed(Message message) {
        passed++;
        passedBytes += message.bytes();
        progress.reached(passed, passedBytes);
    }

    /** The findings so far. */
    AuditReport report() {
        return report;
    }
}
