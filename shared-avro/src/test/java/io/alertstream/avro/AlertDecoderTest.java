package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class AlertDecoderTest {

    private final AlertDecoder decoder = AlertDecoder.of(TestAlerts.SCHEMA);
    private final GenericRecord alert = TestAlerts.alert(1, 300);
    private final byte[] packet = packet(alert);

    @Test
    void aWrittenAlertIsReadBack() {
        GenericRecord read = decoder.decode(packet);

        // Compared as text, since strings are read as another class than they are written from.
        assertThat(read).hasToString(alert.toString());
    }

    @Test
    void aPacketThatEndsTooEarlyOrTooLateIsRefused() {
        for (int length = 0; length < packet.length; length++) {
            byte[] cut = Arrays.copyOf(packet, length);
            assertThatThrownBy(() -> decoder.decode(cut)).isInstanceOf(NotAnAlertException.class);
        }
        assertThatThrownBy(() -> decoder.check(Arrays.copyOf(packet, packet.length + 1)))
                .isInstanceOf(NotAnAlertException.class)
                .hasMessageContaining("found 1 bytes after it");
    }

    @Test
    void aWrongLengthTakesNoMemory() {
        byte[] lies = WireFormat.write(1, new byte[] {2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, -2, -1, -1, -1, 15});

        assertThatThrownBy(() -> decoder.decode(lies)).isInstanceOf(NotAnAlertException.class);
    }

    @Test
    void onlyRecordsAreAlerts() {
        assertThatThrownBy(() -> AlertDecoder.of(TestAlerts.schema("\"long\"")))
                .isInstanceOf(NotAnAlertException.class);
    }

    private static byte[] packet(GenericRecord alert) {
        ByteArrayOutputStream avro = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(avro, null);
        try {
            new GenericDatumWriter<GenericRecord>(alert.getSchema()).write(alert, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return WireFormat.write(7, avro.toByteArray());
    }
}
