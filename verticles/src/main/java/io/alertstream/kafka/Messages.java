package io.alertstream.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;

/** Makes messages of Kafka's records. */
final class Messages {

    private Messages() {}

    static List<Message> of(ConsumerRecords<byte[], byte[]> records) {
        List<Message> messages = new ArrayList<>(records.count());
        records.forEach(found -> messages.add(of(found)));
        return messages;
    }

    private static Message of(ConsumerRecord<byte[], byte[]> found) {
        return new Message(
                found.topic(),
                found.partition(),
                found.offset(),
                found.timestamp(),
                found.key(),
                found.value(),
                headers(found));
    }

    private static Headers headers(ConsumerRecord<?, ?> found) {
        List<Headers.Header> headers = new ArrayList<>();
        for (Header header : found.headers()) {
            headers.add(new Headers.Header(header.key(), header.value()));
        }
        return Headers.of(headers);
    }
}
