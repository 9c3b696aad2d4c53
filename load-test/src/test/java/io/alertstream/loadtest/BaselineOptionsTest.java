package io.alertstream.loadtest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class BaselineOptionsTest {

    @Test
    void invalidNumbersAreRefused() {
        for (String option : List.of("--baseline-records", "--baseline-time")) {
            for (String number : List.of("0", "-1", "some")) {
                assertThatThrownBy(() -> CommandLine.populateCommand(new BaselineOptions(), option, number))
                        .isInstanceOf(ParameterException.class)
                        .hasMessageContainingAll(option, "expected a number of at least 1, got " + number);
            }
        }
    }
}
