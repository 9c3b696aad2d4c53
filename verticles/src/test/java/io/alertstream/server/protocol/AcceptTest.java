package io.alertstream.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.alertstream.server.limits.Limits;
import io.alertstream.server.routes.AlertFormat;
import io.alertstream.server.routes.CutoutFormat;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptTest {

    private static final List<AlertFormat> OFFERS = List.of(AlertFormat.values());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|JSON",
                "application/json ; q=0.5 , application/fits|FITS",
                "application/json;charset=utf-8 ; q=0.5, */*;q=0.1|JSON",
                "Application/JSON|JSON",
                "application/*;q=0.2, image/fits|FITS",
                "*/*|WIRE",
            })
    void thePreferredTypeWins(String header, AlertFormat best) {
        assertThat(Accept.of(List.of(header)).best(OFFERS)).contains(best);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image/*|PNG",
                "image/*;q=0.1, text/html|PNG",
                "image/*, application/fits;q=0.5|PNG",
                "image/fits, image/*;q=0.5|FITS",
                "application/*|FITS",
                "image/*, image/png;q=0|FITS",
            })
    void aRangeIsMatchedLikeAType(String header, CutoutFormat best) {
        assertThat(Accept.of(List.of(header)).best(List.of(CutoutFormat.values())))
                .contains(best);
    }

    /** An alert's only image format is FITS, which image/fits names as well. */
    @Test
    void aRangeMatchesAnAlias() {
        assertThat(Accept.of(List.of("image/*")).best(OFFERS)).contains(AlertFormat.FITS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {";|", ";;;|", "application/json;q=0|", "application/json;q=-1|", "a/b/c|", "text/plain|"})
    void noneIsAcceptable(String header) {
        assertThat(Accept.of(List.of(header)).best(OFFERS)).isEmpty();
    }

    /** A regular expression once took half a second for each such header, on the event loop. */
    @Test
    void aHeaderFullOfSpacesTakesLinearTime() {
        List<String> header = List.of("a/b" + " ".repeat(Limits.HEADER_BYTES) + "c");

        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            for (int i = 0; i < 1_000; i++) {
                assertThat(Accept.of(header).best(OFFERS)).isEmpty();
            }
        });
    }
}
