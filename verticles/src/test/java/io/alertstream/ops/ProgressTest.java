package io.alertstream.ops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final AtomicLong nanos = new AtomicLong();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final Progress progress =
            new Progress("loader", "alerts", 1000, nanos::get, Optional.of(new PrintStream(screen, true, UTF_8)));

    @Test
    void drawsABarUntilItsEnd() {
        for (int alerts = 1; alerts <= 1000; alerts++) {
            nanos.addAndGet(1_000_000);
            progress.reached(alerts, alerts * 100_000L);
        }
        progress.end();

        String[] drawn = screen.toString(UTF_8).split("\r");
        assertThat(drawn).hasSizeBetween(10, 12);
        assertThat(drawn[drawn.length - 1])
                .isEqualTo("[" + "=".repeat(40) + "] 100 %  1000 of 1000 alerts, 100 MB/s " + System.lineSeparator());
    }

    @Test
    void nothingToDoIsDone() {
        Progress empty =
                new Progress("audit", "messages", 0, nanos::get, Optional.of(new PrintStream(screen, true, UTF_8)));
        empty.reached(0, 0);

        assertThat(screen.toString(UTF_8)).contains("100 %  0 of 0 messages, 0 MB/s");
    }
}
