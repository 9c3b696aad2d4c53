package io.alertstream.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Converts Kafka's records to messages. */
final class Messages {

    private Messages() {}

    static Message of(ConsumerRecord<byte[], byte[]> found) {
        return new Message(
                found.topic(),
                found.partition(),
                found.offset(),
                found.timestamp(),
                found.key(),
                found.value(),
                headers(found.headers().toArray()));
    }

    static Message tooLarge(TopicPartition partition, long offset, long timestampMillis, long bytes) {
        return Message.unreadable(
                partition.topic(),
                partition.partition(),
                offset,
                timestampMillis,
                "expected a message of at most %d bytes, this one takes %d unpacked"
                        .formatted(BoundedDeserializer.MAX_BYTES, bytes));
    }

    static Headers headers(Header[] found) {
        List<Headers.Header> headers = new ArrayList<>(found.length);
        for (Header header : found) {
            headers.add(new Headers.Header(header.key(), header.value()));
        }
        return Headers.of(headers);
    }
}
