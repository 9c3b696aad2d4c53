package io.alertstream.loader;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.avro.Alert;
import io.alertstream.avro.sample.SampleNight.NightVisit;
import io.alertstream.kafka.Headers;
import io.alertstream.kafka.NightMark;
import io.alertstream.kafka.VisitHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NightOfVisitsTest {

    private static final double SECOND = 1 / 86_400.0;
    private static final List<NightVisit> VISITS = List.of(new NightVisit(0, 0, 2), new NightVisit(1, 3, 3));

    private static Headers headers(AlertHeaders night, double seconds) {
        return night.of(new Alert(1, 61_000.5 + seconds * SECOND, new byte[0]));
    }

    private static String offset(Headers headers) {
        return new String(headers.last(VisitHeaders.TIME_OFFSET), US_ASCII);
    }

    @Test
    void everyAlertNamesItsVisitAndItsTimeInIt() {
        NightOfVisits night = new NightOfVisits(VISITS, Optional.empty());
        for (double seconds : new double[] {0, 2.5}) {
            Headers headers = headers(night, seconds);
            assertThat(NightMark.of(headers)).hasValue(new NightMark(1, 0, 2, 5));
            assertThat(offset(headers)).isEqualTo(Double.toString(seconds));
        }
        for (double seconds : new double[] {0, 0.25, 1}) {
            Headers headers = headers(night, 111 + seconds);
            assertThat(NightMark.of(headers)).hasValue(new NightMark(2, 3, 3, 5));
            assertThat(offset(headers)).isEqualTo(Double.toString(seconds));
        }
    }

    @Test
    void eachVisitIsSpreadByItself() {
        NightOfVisits night = new NightOfVisits(VISITS, Optional.of(Duration.ofSeconds(2)));

        assertThat(List.of(0, 0, 0, 0, 0))
                .extracting(time -> offset(headers(night, time)))
                .containsExactly("0.0", "2.0", "0.0", "1.0", "2.0");
    }
}
