package io.alertstream.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and directories are really forced to disk, as the JVM itself records. */
class SyncTest {

    @TempDir
    Path directory;

    @Test
    void filesAndDirectoriesAreForcedToDisk() throws IOException {
        Path file = directory.resolve("file");

        List<String> forced = recorded(() -> {
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                Sync.TO_DISK.content(file, channel);
            }
            Sync.TO_DISK.names(directory);
        });

        assertThat(forced).contains(file.toString(), directory.toString());
    }

    private interface Work {
        void run() throws IOException;
    }

    private List<String> recorded(Work work) throws IOException {
        Path dump = directory.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(dump);
        }
        return RecordingFile.readAllEvents(dump).stream()
                .map(event -> event.getString("path"))
                .toList();
    }
}
