package io.alertstream.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumTest {

    /** The check value of CRC-32C. */
    @Test
    void isWrittenAsS3WritesIt() {
        Checksum checksum = Checksum.of("123456789".getBytes(UTF_8));

        assertThat(checksum.crc32c()).isEqualTo(0xe3069283);
        assertThat(checksum.base64()).isEqualTo("4waSgw==");
        assertThat(checksum.addedTo(Map.of("topic", "alerts")))
                .isEqualTo(Map.of("topic", "alerts", "crc32c", "e3069283"));
    }

    @Test
    void isReadBackAsWritten() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 1000; i++) {
            Checksum checksum = new Checksum(random.nextInt());

            assertThat(Checksum.declared(checksum.base64(), Map.of()))
                    .as("seed %d", seed)
                    .hasValue(checksum.crc32c());
            assertThat(Checksum.declared(null, checksum.addedTo(Map.of())))
                    .as("seed %d", seed)
                    .hasValue(checksum.crc32c());
        }
    }

    /** Such as a multipart upload's checksum of checksums, or a header that a gateway changed. */
    @Test
    void otherTextIsNotAChecksum() {
        for (String header : new String[] {"4waSgw==-3", "", "no base64!", "4waS", "4waSgw", "AAAAAAAAAAA="}) {
            assertThat(Checksum.declared(header, Map.of())).as(header).isEqualTo(OptionalInt.empty());
        }
        for (String metadata : new String[] {"", "e306928", "e30692833", "xyz06928"}) {
            assertThat(Checksum.declared(null, Map.of("crc32c", metadata)))
                    .as(metadata)
                    .isEqualTo(OptionalInt.empty());
        }
    }
}
