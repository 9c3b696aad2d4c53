package io.alertstream.journal;

import io.alertstream.avro.VisitNumber;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.NewMessage;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A journal that one replayer writes. For one context. */
public final class Journal {

    /** One partition holds all lines, so that they keep their order. */
    private static final int PARTITION = 0;

    private final String topic;
    private final Topics topics;
    private final TopicReader reader;
    private final MessageProducer producer;

    /**
     * Doesn't read or write yet. The caller closes the clients.
     *
     * @param reader used by this journal alone
     */
    public Journal(String topic, Topics topics, TopicReader reader, MessageProducer producer) {
        this.topic = topic;
        this.topics = topics;
        this.reader = reader;
        this.producer = producer;
    }

    /**
     * The visit of the last line; empty if the journal is empty.
     *
     * @return fails if the topic doesn't exist, can't be read, or holds something else
     */
    public Future<Optional<VisitNumber>> lastVisit() {
        return topics.state(topic)
                .compose(state -> state.map(this::lastLine)
                        .orElseGet(() -> Future.failedFuture(
                                "topic " + topic + " doesn't exist, and the replayer doesn't create it")))
                .map(line -> line.map(JournalLine::visit));
    }

    private Future<Optional<JournalLine>> lastLine(TopicState state) {
        long end = state.end().getOrDefault(PARTITION, 0L);
        if (end <= state.beginning().getOrDefault(PARTITION, 0L)) {
            return Future.succeededFuture(Optional.empty());
        }
        AtomicReference<JournalLine> last = new AtomicReference<>();
        TopicState tail = new TopicState(topic, state.topicId(), Map.of(PARTITION, end - 1), Map.of(PARTITION, end));
        return reader.read(tail, message -> {
                    try {
                        last.set(JournalLine.of(message.value()));
                        return Future.succeededFuture();
                    } catch (IllegalArgumentException e) {
                        return Future.failedFuture("topic " + topic + " isn't a journal: " + e.getMessage());
                    }
                })
                .map(read -> Optional.ofNullable(last.get()));
    }

    /** Appends lines; succeeds when all of them are durable. */
    public Future<Void> write(List<? extends JournalLine> lines) {
        return Future.all(lines.stream()
                        .map(line ->
                                producer.send(new NewMessage(topic, PARTITION, null, line.toBytes(), Headers.NONE)))
                        .toList())
                .mapEmpty();
    }
}
