package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class WireFormatTest {

    @Test
    void theSchemaIdIsFourBigEndianBytes() {
        byte[] packet = WireFormat.write(0x01020304, new byte[] {9, 8});
        assertThat(packet).containsExactly(0, 1, 2, 3, 4, 9, 8);
        assertThat(WireFormat.schemaId(packet)).isEqualTo(0x01020304);
    }

    @Test
    void everyIntIsASchemaId() {
        for (int id : new int[] {0, 1, 900, 1100, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            assertThat(WireFormat.schemaId(WireFormat.write(id, new byte[0]))).isEqualTo(id);
        }
    }

    @Test
    void aRangeOfAnArrayIsCopied() {
        assertThat(WireFormat.write(1, new byte[] {1, 2, 3, 4}, 1, 2)).containsExactly(0, 0, 0, 0, 1, 2, 3);
    }

    @Test
    void aRealPacketsSchemaIdIsRead() throws Exception {
        byte[] packet = Files.readAllBytes(SharedData.path("packets/lsst-v9_0-diaSourceId-7912941781254298.wire"));
        assertThat(WireFormat.schemaId(packet)).isEqualTo(900);
    }

    @Test
    void aPacketShorterThanTheHeaderIsRefused() {
        for (int length = 0; length < WireFormat.HEADER_BYTES; length++) {
            byte[] packet = new byte[length];
            assertThatThrownBy(() -> WireFormat.schemaId(packet))
                    .isInstanceOf(NotAnAlertException.class)
                    .hasMessageContaining("got " + length);
        }
    }

    @Test
    void aPacketThatDoesNotBeginWithZeroIsRefused() {
        assertThatThrownBy(() -> WireFormat.schemaId(new byte[] {(byte) 0xff, 0, 0, 0, 1}))
                .isInstanceOf(NotAnAlertException.class)
                .hasMessageContaining("got 255");
    }
}
