package io.alertstream.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Forces written data to disk, so that it survives a power cut. The effect is invisible in normal operation, so tests
 * replace it to observe what is forced, and when.
 */
interface Sync {

    Sync TO_DISK = new Sync() {
        @Override
        public void content(Path path, FileChannel file) throws IOException {
            file.force(true);
        }

        @Override
        public void names(Path directory) throws IOException {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    };

    /** Forces the content of a file, which is open at that path. */
    void content(Path path, FileChannel file) throws IOException;

    /** Forces a directory's entries. */
    void names(Path directory) throws IOException;
}
