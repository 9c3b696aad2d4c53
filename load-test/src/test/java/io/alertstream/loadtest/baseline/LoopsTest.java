package io.alertstream.loadtest.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopsTest {

    @TempDir
    Path temp;

    @Test
    void storedObjectsAreReadAgainAndNothingStays() throws Exception {
        byte[] content = {1, 2, 3};
        try (StoreLoop store = new StoreLoop(temp, List.of(content))) {
            store.store(0);
            store.store(1);
            assertThat(store.read(1)).isEqualTo(content);
            assertThatThrownBy(() -> store.store(1)).isInstanceOf(IOException.class);
        }
        try (Stream<Path> left = Files.list(temp)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void whatIsDeflatedInflates() {
        byte[] deflated = Gzip.deflate(new byte[100_000]);
        assertThat(deflated).hasSizeBetween(1, 10_000);
        Gzip.inflate(deflated);
    }

    @Test
    void aLoopCountsItsTurns() throws InterruptedException {
        assertThat(Loop.perSecond(2, Duration.ofMillis(50), number -> {})).isGreaterThan(1000);
    }

    @Test
    void aLoopEndsWithWhatGoesWrong() {
        assertThatThrownBy(() -> Loop.perSecond(1, Duration.ofSeconds(60), number -> {
                    throw new IOException("disk full");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("disk full");
    }
}
