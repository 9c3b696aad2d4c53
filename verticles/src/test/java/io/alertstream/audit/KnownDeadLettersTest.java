package io.alertstream.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.archive.PacketDigest;
import io.alertstream.audit.KnownDeadLetters.Letter;
import io.alertstream.kafka.DeadLetter;
import io.alertstream.kafka.DeadLetter.Reason;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.Message;
import io.alertstream.kafka.NewMessage;
import org.junit.jupiter.api.Test;

class KnownDeadLettersTest {

    private final KnownDeadLetters deadLetters = new KnownDeadLetters("dead", 3);

    @Test
    void knowsAValueByItsBytes() {
        add(letter(message(0, "whole")).to("dead"));
        assertThat(hasValue("whole")).isTrue();
        assertThat(hasValue("other")).isFalse();
        assertThat(deadLetters.hasOrigin(message(0, null))).isFalse();
    }

    @Test
    void knowsAValueThatWasTooLargeByItsChecksum() {
        add(letter(message(0, "large")).withoutValueTo("dead"));
        assertThat(hasValue("large")).isTrue();
        assertThat(deadLetters.hasOrigin(message(0, null))).isFalse();
    }

    @Test
    void knowsAMessageWithoutAValueByItsOriginAndTime() {
        add(letter(message(7, null)).to("dead"));
        assertThat(deadLetters.hasOrigin(message(7, null))).isTrue();
        assertThat(deadLetters.hasOrigin(message(8, null))).isFalse();
        assertThat(deadLetters.hasOrigin(new Message("alerts", 1, 7, 1007, null, null, Headers.NONE)))
                .isFalse();
        assertThat(deadLetters.hasOrigin(new Message("alerts", 0, 7, 1008, null, null, Headers.NONE)))
                .as("after the topic was created again")
                .isFalse();
        assertThat(deadLetters.hasOrigin(new Message("others", 0, 7, 1007, null, null, Headers.NONE)))
                .isFalse();
        assertThat(hasValue("")).isFalse();
    }

    @Test
    void knowsAMessageWithoutAValueWhoseHeadersWereTooLarge() {
        add(letter(message(7, null)).withoutValueTo("dead"));
        assertThat(deadLetters.hasOrigin(message(7, null))).isTrue();
        assertThat(hasValue("")).isFalse();
    }

    @Test
    void aValueThatLooksLikeAnOriginIsNotOne() {
        add(letter(message(0, "alerts/0/7/1007")).to("dead"));
        assertThat(deadLetters.hasOrigin(message(7, null))).isFalse();
    }

    @Test
    void ignoresMessagesNotWrittenByAnIngester() {
        add(new NewMessage("dead", null, null, null, Headers.NONE));
        add(new NewMessage("dead", null, null, null, Headers.of(DeadLetter.VALUE_SHA256, bytes("no checksum"))));
        assertThat(deadLetters.hasOrigin(message(0, null))).isFalse();
        assertThat(hasValue("")).isFalse();
    }

    @Test
    void saysWhatToDoWhenItIsFull() {
        for (int i = 0; i < 3; i++) {
            add(letter(message(0, "value " + i)).to("dead"));
        }
        add(letter(message(0, "value 0")).to("dead"));
        assertThatThrownBy(() -> add(letter(message(0, "one more")).to("dead")))
                .isInstanceOf(AuditException.class)
                .hasMessageContaining("dead (DEAD_LETTER_TOPIC) holds more than 3")
                .hasMessageContaining("-Xmx")
                .hasMessageContaining("AUDIT_FROM");
    }

    private boolean hasValue(String value) {
        return deadLetters.hasValue(PacketDigest.of(bytes(value)));
    }

    private void add(NewMessage sent) {
        deadLetters.add(Letter.of(new Message("dead", 0, 0, 0, sent.key(), sent.value(), sent.headers())));
    }

    private static Message message(long offset, String value) {
        return new Message("alerts", 0, offset, 1000 + offset, null, value == null ? null : bytes(value), Headers.NONE);
    }

    private static DeadLetter letter(Message message) {
        return DeadLetter.of(message, message.value() == null ? Reason.NULL_VALUE : Reason.UNDECODABLE, "test");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
