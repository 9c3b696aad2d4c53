package io.alertstream.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedDeserializerTest {

    private final BoundedDeserializer bytes = new BoundedDeserializer();

    @Test
    void aTooLargeValueIsNotCopiedEvenIfItIsFirst() {
        byte[] largest = new byte[BoundedDeserializer.MAX_BYTES];
        bytes.refill();
        assertThat(bytes.deserialize("topic", largest)).hasSameSizeAs(largest);

        bytes.refill();
        assertThat(bytes.deserialize("topic", new byte[BoundedDeserializer.MAX_BYTES + 1]))
                .isNull();
    }

    @Test
    void valuesThatDontFitAreLeftForTheNextPoll() {
        byte[] large = new byte[BoundedDeserializer.MAX_BYTES / 2 + 1];
        bytes.refill();
        assertThat(bytes.deserialize("topic", large)).isEqualTo(large);
        assertThat(bytes.deserialize("topic", large)).isNull();

        bytes.refill();
        assertThat(bytes.deserialize("topic", large)).isEqualTo(large);
    }
}
