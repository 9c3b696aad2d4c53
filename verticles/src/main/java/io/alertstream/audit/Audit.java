package io.alertstream.audit;

import io.alertstream.kafka.Message;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.alertstream.ops.Progress;
import io.alertstream.settings.AuditFrom;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One audit, from the look at the topics to the verdict. For one context. */
final class Audit {

    private static final Logger log = LoggerFactory.getLogger(Audit.class);
    private static final long WINDOW_BYTES = 32 << 20;

    /** What a message takes besides its bytes. */
    private static final int MESSAGE_OVERHEAD_BYTES = 1024;

    private final Topics topics;
    private final TopicReader reader;
    private final AuditFrom from;
    private final Window window = new Window(WINDOW_BYTES);
    private final Tally tally = new Tally();
    private final Optional<PrintStream> terminal;
    private Progress progress;
    private long passed;
    private long passedBytes;

    /**
     * @param terminal where to draw a bar, if there is one
     */
    Audit(Topics topics, TopicReader reader, AuditFrom from, Optional<PrintStream> terminal) {
        this.topics = topics;
        this.reader = reader;
        this.from = from;
        this.terminal = terminal;
    }

    /** The topics as they are now, from where the audit begins; fails if there is none of a name. */
    Future<List<TopicState>> look(Set<String> names) {
        Future<List<TopicState>> states = Future.succeededFuture(new ArrayList<>());
        for (String name : names.stream().sorted().toList()) {
            states = states.compose(before -> topics.state(name).map(state -> {
                before.add(beginning(state.orElseThrow(() ->
                        new AuditException("there is no topic " + name + "; INGEST_TOPICS says which to audit"))));
                return before;
            }));
        }
        return states;
    }

    private TopicState beginning(TopicState state) {
        if (!(from instanceof AuditFrom.Offsets offsets)) {
            return state;
        }
        Map<Integer, Long> beginning = new HashMap<>(state.beginning());
        offsets.next().getOrDefault(state.topic(), Map.of()).forEach((partition, offset) -> {
            Long first = state.beginning().get(partition);
            Long end = state.end().get(partition);
            if (first == null || offset < first || offset > end) {
                throw new AuditException("AUDIT_FROM names offset %d of %s-%d, which has %s"
                        .formatted(
                                offset,
                                state.topic(),
                                partition,
                                first == null ? "no such partition" : first + " to " + end));
            }
            beginning.put(partition, offset);
        });
        return new TopicState(state.topic(), state.topicId(), beginning, state.end());
    }

    /**
     * Compares all messages of the topics.
     *
     * @return what was found; fails if topics or archive can't be read
     */
    Future<Tally> run(List<TopicState> states, Comparison comparison) {
        long messages = states.stream().mapToLong(TopicState::messages).sum();
        progress = new Progress("audit", "messages", messages, System::nanoTime, terminal);
        Future<Void> all = Future.succeededFuture();
        for (TopicState state : states) {
            log.atInfo().addKeyValue("topic", state.topic()).log("auditing {} messages", state.messages());
            all = all.compose(before -> reader.read(state, message -> compare(message, comparison)))
                    .mapEmpty();
        }
        return all.compose(read -> window.end()).map(tally).onComplete(ended -> progress.end());
    }

    private Future<Void> compare(Message message, Comparison comparison) {
        if (from instanceof AuditFrom.Time time
                && message.timestampMillis() < time.instant().toEpochMilli()) {
            passed(message);
            return Future.succeededFuture();
        }
        Future<Void> done = comparison.compare(message).map(finding -> {
            tally.add(message, finding);
            passed(message);
            return null;
        });
        return window.add((long) message.bytes() + MESSAGE_OVERHEAD_BYTES, done);
    }

    private void passed(Message message) {
        passed++;
        passedBytes += message.bytes();
        progress.reached(passed, passedBytes);
    }
}
