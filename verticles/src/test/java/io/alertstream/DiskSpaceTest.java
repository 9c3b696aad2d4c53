package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.settings.SettingValues;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class DiskSpaceTest {

    @TempDir
    Path directory;

    private final SettingsReader in =
            new SettingsReader(List.of(new SettingValues("environment", Map.of("DATA_DIR", "/somewhere"))));

    @Test
    void aNearlyFullDiskIsRefused() {
        new DiskSpace(directory, existing -> DiskSpace.LEAST_BYTES - 1).require(in);

        assertThatThrownBy(in::finish)
                .hasMessageContaining("DATA_DIR = \"/somewhere\"")
                .hasMessageContaining("at least 256 MiB free; this one has 255 MiB");
    }

    @Test
    void aDiskWithEnoughSpaceIsAccepted() {
        new DiskSpace(directory, existing -> DiskSpace.LEAST_BYTES).require(in);

        in.finish();
    }

    @Test
    void aSampleThatDoesNotFitIsRefusedWithItsSize() {
        new DiskSpace(directory, existing -> DiskSpace.LEAST_BYTES + 4_999_999_999L)
                .requireRoom(in, Settings.SAMPLE_NIGHT, 5_000_000_000L, directory.resolve("not there"));

        assertThatThrownBy(in::finish)
                .hasMessageContaining("SAMPLE_NIGHT is not set: expected a sample that fits on the disk of DATA_DIR")
                .hasMessageContaining("this one takes about 5,000 MB")
                .hasMessageContaining("5,268 MB are free");
    }

    @Test
    void aSampleMayTakeThePlaceOfTheOneThatItReplaces() throws IOException {
        Path replaced = Files.createDirectory(directory.resolve("alerts-static-0"));
        Files.write(replaced.resolve("00000000000000000000.log"), new byte[1]);
        new DiskSpace(directory, existing -> DiskSpace.LEAST_BYTES + 4_999_999_999L)
                .requireRoom(in, Settings.SAMPLE_NIGHT, 5_000_000_000L, replaced);

        in.finish();
    }

    @Test
    void aRunIsNotTightIfItReplacesWhatTakesItsRoom() throws IOException {
        Path replaced = Files.createDirectory(directory.resolve("alerts-static-0"));
        DiskSpace disk = new DiskSpace(directory, existing -> 99L);
        assertThat(disk.tightness(100, replaced)).hasValue(99L);
        Files.write(replaced.resolve("00000000000000000000.log"), new byte[1]);

        assertThat(disk.tightness(100, replaced)).isEmpty();
    }

    @Test
    void aMissingDirectoryIsOnItsParentsDisk() {
        new DiskSpace(directory.resolve("not/there/yet"), existing -> {
                    assertThat(existing).isEqualTo(directory);
                    return 0;
                })
                .require(in);

        assertThatThrownBy(in::finish).hasMessageContaining("this one has 0 MiB");
    }

    @Test
    void aDiskThatFillsUpIsReportedOnce(Vertx vertx) throws Exception {
        Queue<Long> free = new ConcurrentLinkedQueue<>(List.of(DiskSpace.STOP_BYTES, DiskSpace.STOP_BYTES - 1));
        List<Throwable> reported = new CopyOnWriteArrayList<>();
        CountDownLatch full = new CountDownLatch(1);

        new DiskSpace(directory, existing -> free.remove()).watch(vertx, Duration.ofMillis(1), failure -> {
            reported.add(failure);
            full.countDown();
        });

        assertThat(full.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(free).isEmpty();
        assertThat(reported)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .contains("the disk of " + directory + " is full (63 MiB free)");
    }

    @Test
    void aFailureOnAFullDiskNamesTheDisk() {
        IllegalStateException failure = new IllegalStateException("halted");

        assertThat(new DiskSpace(directory, existing -> 3L << 20).explain(failure))
                .hasMessageContaining("the disk of " + directory + " is full (3 MiB free)")
                .hasMessageContaining("free some space")
                .hasCause(failure);
        assertThat(new DiskSpace(directory, existing -> DiskSpace.LEAST_BYTES).explain(failure))
                .isSameAs(failure);
    }
}
