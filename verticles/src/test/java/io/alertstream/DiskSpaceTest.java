package io.alertstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.settings.SettingsReader;
import io.alertstream.settings.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {

    @TempDir
    Path directory;

    private final SettingsReader in =
            new SettingsReader(List.of(new Source("environment", Map.of("DATA_DIR", "/somewhere"))));

    @Test
    void aDiskThatIsAllButFullIsRefused() {
        new DiskSpace(directory, existing -> DiskSpace.LEAST_BYTES - 1).require(in);

        assertThatThrownBy(in::finish)
                .hasMessageContaining("DATA_DIR = \"/somewhere\"")
                .hasMessageContaining("at least 256 MiB to spare; this one has 255 MiB");
    }

    @Test
    void aDiskWithRoomIsTaken() {
        new DiskSpace(directory, existing -> DiskSpace.LEAST_BYTES).require(in);

        in.finish();
    }

    @Test
    void theDiskOfADirectoryThatIsYetToBeMadeIsThatOfItsParent() {
        new DiskSpace(directory.resolve("not/there/yet"), existing -> {
                    assertThat(existing).isEqualTo(directory);
                    return 0;
                })
                .require(in);

        assertThatThrownBy(in::finish).hasMessageContaining("this one has 0 MiB");
    }

    @Test
    void aFailureOnAFullDiskNamesTheDisk() {
        IllegalStateException failure = new IllegalStateException("halted");

        assertThat(new DiskSpace(directory, existing -> 3L << 20).explain(failure))
                .hasMessageContaining("the disk of " + directory + " is full (3 MiB to spare)")
                .hasMessageContaining("make room")
                .hasCause(failure);
        assertThat(new DiskSpace(directory, existing -> DiskSpace.LEAST_BYTES).explain(failure))
                .isSameAs(failure);
    }
}
