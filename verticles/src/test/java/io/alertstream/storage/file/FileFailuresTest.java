package io.alertstream.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileFailuresTest {

    @Test
    void aFullDiskIsReportedWithTheRemedy() {
        StoreException full = of(new FileSystemException("/data/.tmp/1", null, "No space left on device"));

        assertThat(full)
                .hasMessage("file store /data: can't create one: /data/.tmp/1: No space left on device;"
                        + " free space on its disk");
        assertThat(full.remedy()).isEqualTo(Remedy.OPERATOR);
    }

    /** A channel's write to a full disk throws a plain IOException. */
    @Test
    void aDiskThatFillsDuringAWriteIsReportedToo() {
        assertThat(of(new IOException("No space left on device"))).hasMessageEndingWith("free space on its disk");
    }

    @Test
    void deniedAccessIsForAnOperator() {
        StoreException denied = of(new AccessDeniedException("/data/v2"));

        assertThat(denied)
                .hasMessage("file store /data: can't create one: /data/v2 denies access to the user of this process;"
                        + " change its permissions");
        assertThat(denied.remedy()).isEqualTo(Remedy.OPERATOR);
    }

    @Test
    void transientFailuresAreRetried() {
        assertThat(of(new FileSystemException("/data/1", null, "Too many open files"))
                        .remedy())
                .isEqualTo(Remedy.RETRY);
        assertThat(of(new ClosedByInterruptException()).remedy()).isEqualTo(Remedy.RETRY);
    }

    private static StoreException of(IOException failure) {
        return FileFailures.of(Path.of("/data"), "create one", failure);
    }
}
