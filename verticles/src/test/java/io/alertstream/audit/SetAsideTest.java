package io.alertstream.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.archive.PacketDigest;
import io.alertstream.kafka.DeadLetter;
import io.alertstream.kafka.DeadLetter.Reason;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.MemoryKafka;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.NewMessage;
import org.junit.jupiter.api.Test;

class SetAsideTest {

    private static final String TOPIC = "dead";

    private final MemoryKafka kafka = new MemoryKafka();

    @Test
    void knowsAValueThatWasTooLargeByItsChecksum() {
        kafka.create(TOPIC, 1);
        put(letter("whole").to(TOPIC));
        put(letter("large").withoutValueTo(TOPIC));
        kafka.put(TOPIC, null, null, Headers.of(DeadLetter.VALUE_SHA256, "no checksum".getBytes(UTF_8)));

        SetAside setAside = SetAside.read(kafka, kafka.reader(), TOPIC).result();

        assertThat(setAside.has(PacketDigest.of("whole".getBytes(UTF_8)))).isTrue();
        assertThat(setAside.has(PacketDigest.of("large".getBytes(UTF_8)))).isTrue();
        assertThat(setAside.has(PacketDigest.of("other".getBytes(UTF_8)))).isFalse();
        assertThat(setAside.has(new PacketDigest(0, 0))).isFalse();
    }

    private void put(NewMessage message) {
        kafka.put(TOPIC, message.key(), message.value(), message.headers());
    }

    private static DeadLetter letter(String value) {
        return DeadLetter.of(
                new Message("alerts", 0, 0, 0, null, value.getBytes(UTF_8), Headers.NONE), Reason.UNDECODABLE, "test");
    }
}
