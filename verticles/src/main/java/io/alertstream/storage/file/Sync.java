package io.alertstream.storage.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Forces written data to disk, so that it survives a power cut. Its effect is invisible in normal operation, so tests
 * replace it to see what is forced, and when.
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

    /** Forces the bytes of a file, which is open under that path. */
    void content(Path path, FileChannel file) throws IOException;

    /** Forces which files and directories a directory holds. */
    void names(Path directory) throws IOException;
}
