package io.alertstream.loader;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.Alert;
import io.alertstream.kafka.VisitHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SpreadOffsetsTest {

    private static List<String> headers(Duration spread, int alerts) {
        SpreadOffsets offsets = new SpreadOffsets(spread, alerts);
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < alerts; i++) {
            // The alerts' own times, each from a different night, are ignored.
            headers.add(new String(offsets.header(new Alert(i, 61_000 - i, new byte[0])), US_ASCII));
        }
        return headers;
    }

    @Test
    void alertsAreEvenlySpaced() {
        assertThat(headers(Duration.ofSeconds(3), 5)).containsExactly("0.0", "0.75", "1.5", "2.25", "3.0");
        assertThat(headers(Duration.ofSeconds(3), 1)).containsExactly("0.0");
        assertThat(headers(Duration.ZERO, 3)).containsExactly("0.0", "0.0", "0.0");
    }

    /** The seed is the repetition's number, which the test's name shows. */
    @RepeatedTest(50)
    void theFirstIsAtZeroTheLastAtTheEndAndAllAreInOrder(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Duration spread = Duration.ofMillis(random.nextInt(3_600_001));
        List<Long> nanos = headers(spread, 2 + random.nextInt(5000)).stream()
                .map(header -> VisitHeaders.timeOffsetNanos(header.getBytes(US_ASCII)))
                .toList();

        assertThat(nanos).isSorted().startsWith(0L).endsWith(spread.toNanos());
    }
}
