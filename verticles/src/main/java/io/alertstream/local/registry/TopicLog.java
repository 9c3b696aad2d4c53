package io.alertstream.local.registry;

import io.alertstream.kafka.Headers;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.MessageProducer;
import io.alertstream.kafka.NewMessage;
import io.alertstream.kafka.Position;
import io.alertstream.kafka.TopicReader;
import io.alertstream.kafka.TopicState;
import io.alertstream.kafka.Topics;
import io.alertstream.local.registry.RecordFormat.Encoded;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry's state and its topic. A record is applied to the state when the broker has acknowledged it. After a
 * write whose outcome is unknown, or a record of another writer, the topic is read again from the last known offset.
 * For one context.
 */
final class TopicLog {

    private static final Logger LOG = LoggerFactory.getLogger(TopicLog.class);

    /** Below Kafka's default limit for a batch, so that any broker accepts it. */
    static final int MAX_RECORD_BYTES = 900_000;

    private static final int PARTITION = 0;

    private final String topic;
    private final RegistryState state;
    private final Topics topics;
    private final TopicReader reader;
    private final MessageProducer producer;
    private String topicId;
    private long next;
    private boolean behind = true;

    TopicLog(String topic, RegistryState state, Topics topics, TopicReader reader, MessageProducer producer) {
        this.topic = topic;
        this.state = state;
        this.topics = topics;
        this.reader = reader;
        this.producer = producer;
    }

    /** Creates the topic if it doesn't exist, and reads it from the beginning. */
    Future<Void> open() {
        return topics.createIfAbsent(topic, 1, Map.of("cleanup.policy", "compact"))
                .compose(created -> catchUp());
    }

    /** Completes the state if it may be behind the topic. */
    Future<Void> catchUp() {
        if (!behind) {
            return Future.succeededFuture();
        }
        return topics.state(topic)
                .map(found -> found.orElseThrow(() -> new IllegalStateException("topic " + topic + " is gone")))
                .compose(found -> reader.readAll(unread(found), message -> {
                            take(message);
                            return Future.succeededFuture();
                        })
                        .onSuccess(read -> {
                            next = found.end().get(PARTITION);
                            behind = false;
                            LOG.atInfo()
                                    .addKeyValue("topic", topic)
                                    .addKeyValue("offset", next)
                                    .log("registry state read from {} records", read);
                        }))
                .mapEmpty();
    }

    private TopicState unread(TopicState found) {
        if (found.end().size() != 1) {
            throw new IllegalStateException(
                    "topic " + topic + " has " + found.end().size() + " partitions, expected 1");
        }
        if (topicId != null && !topicId.equals(found.topicId())) {
            throw new IllegalStateException("topic " + topic + " was recreated: restart the process");
        }
        topicId = found.topicId();
        long first = Math.max(next, found.beginning().get(PARTITION));
        return new TopicState(topic, topicId, Map.of(PARTITION, first), found.end());
    }

    private void take(Message message) {
        LogRecord record = message.unreadable()
                .<LogRecord>map(LogRecord.Other::new)
                .orElseGet(() -> RecordFormat.decode(message.key(), message.value()));
        next = message.offset() + 1;
        if (record instanceof LogRecord.Other other) {
            LOG.atDebug()
                    .addKeyValue("topic", topic)
                    .addKeyValue("offset", message.offset())
                    .log("registry record ignored: {}", other.what());
        } else if (!record.applyTo(state)) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("offset", message.offset())
                    .log("registry record ignored: its schema's id belongs to another schema");
        }
    }

    /**
     * Writes records and applies them to the state.
     *
     * @return succeeds when Kafka has all of them; fails with an {@link ApiError} if the outcome is unknown
     */
    Future<Void> append(List<LogRecord> records) {
        if (records.isEmpty()) {
            return Future.succeededFuture();
        }
        List<Encoded> encoded = records.stream().map(RecordFormat::encode).toList();
        int largest = encoded.stream().mapToInt(Encoded::bytes).max().orElseThrow();
        if (largest > MAX_RECORD_BYTES) {
            return Future.failedFuture(ApiError.schemaTooLarge(largest, MAX_RECORD_BYTES));
        }
        behind = true;
        return Future.join(encoded.stream().map(this::send).toList())
                .compose(acknowledged -> taken(records, acknowledged.list()))
                .recover(cause -> Future.failedFuture(ApiError.storeFailed(cause)));
    }

    private Future<Position> send(Encoded record) {
        byte[] value = record.value() == null ? null : record.value().getBytes();
        return producer.send(new NewMessage(topic, PARTITION, record.key().getBytes(), value, Headers.NONE));
    }

    private Future<Void> taken(List<LogRecord> records, List<Position> positions) {
        for (int i = 0; i < records.size(); i++) {
            if (positions.get(i).offset() != next) {
                LOG.atWarn()
                        .addKeyValue("topic", topic)
                        .addKeyValue("offset", next)
                        .log("registry topic has another writer; reading its records");
                return catchUp();
            }
            next++;
            records.get(i).applyTo(state);
        }
        behind = false;
        return Future.succeededFuture();
    }
}
