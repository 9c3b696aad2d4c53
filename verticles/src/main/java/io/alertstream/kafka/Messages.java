package io.alertstream.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Map<String, byte[]> headers = new HashMap<>();
        for (Header header : found.headers()) {
            headers.put(header.key(), header.value());
        }
        return new Message(
                found.topic(),
                found.partition(),
                found.offset(),
                found.timestamp(),
                found.key(),
                found.value(),
                headers);
    }
}
