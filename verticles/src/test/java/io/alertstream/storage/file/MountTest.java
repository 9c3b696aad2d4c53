package io.alertstream.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MountTest {

    private static final Path STORE = Path.of("/srv/archive/alerts");

    @Test
    void aDirectoryBeneathAMountIsNotTheStore() throws IOException {
        Mount mounted = Mount.of(STORE, devices(Map.of("/srv/archive", 7)));

        assertThat(mounted.isAwayFrom(Mount.of(STORE, devices(Map.of())))).isTrue();
    }

    @Test
    void anotherDirectoryOnTheSameDiskCanReplaceTheStore() throws IOException {
        Mount mounted = Mount.of(STORE, devices(Map.of("/srv/archive", 7)));

        assertThat(mounted.isAwayFrom(mounted)).isFalse();
    }

    /** A network file system gets a new device number each time. */
    @Test
    void aRemountedDiskIsTheStore() throws IOException {
        Mount mounted = Mount.of(STORE, devices(Map.of("/srv/archive", 7)));

        assertThat(mounted.isAwayFrom(Mount.of(STORE, devices(Map.of("/srv/archive", 8)))))
                .isFalse();
    }

    @Test
    void aStoreOnTheSystemDiskCanStayOrBeMounted() throws IOException {
        Mount began = Mount.of(STORE, devices(Map.of()));

        assertThat(began.isAwayFrom(began)).isFalse();
        assertThat(began.isAwayFrom(Mount.of(STORE, devices(Map.of("/srv", 7)))))
                .isFalse();
    }

    /** Device numbers: these for the mounts, 1 for the system's disk. */
    private static Mount.Devices devices(Map<String, Integer> mounts) {
        return path -> {
            for (Path at = path; at != null; at = at.getParent()) {
                Integer device = mounts.get(at.toString());
                if (device != null) {
                    return device;
                }
            }
            return 1;
        };
    }
}
