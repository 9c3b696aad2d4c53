package io.alertstream.storage.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.ObjectStoreContract;
import io.alertstream.storage.StoreLocation.Access;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store contract against an independent emulator of S3. */
class S3EmulatorIT extends ObjectStoreContract {

    @TempDir
    static Path directory;

    private static S3Emulator emulator;

    @BeforeAll
    static void startEmulator() throws Exception {
        emulator = S3Emulator.start(directory.resolve("objects"));
    }

    @AfterAll
    static void stopEmulator() {
        if (emulator != null) {
            emulator.close();
        }
    }

    @Override
    protected ObjectStore open() throws Exception {
        return emulator.location(emulator.newBucket(directory), directory).open(vertx, Access.READ_WRITE);
    }

    /** The SDK sends such a slash encoded, so that no proxy merges it with the one before. */
    @Test
    @Override
    protected void aLeadingSlashIsPartOfAName() {
        assumeFalse(emulator.isS3Mock(), "the web server of S3Mock refuses every address with an encoded slash");
        super.aLeadingSlashIsPartOfAName();
    }

    /** Each thread of S3Mock looks whether the object exists and writes it then, without a lock. */
    @Test
    @Override
    protected void ofConcurrentCreationsOneSucceeds() {
        assumeFalse(emulator.isS3Mock(), "S3Mock lets several of many who create one object at once succeed");
        super.ofConcurrentCreationsOneSucceeds();
    }

    @Test
    void aMissingBucketIsNotAnEmptyArchive() {
        ObjectStore missing = emulator.location("missing", directory).open(vertx, Access.READ);

        assertThatThrownBy(() -> await(missing.read(NAME))).hasMessageContaining("the bucket doesn't exist");
        assertThatThrownBy(() -> await(missing.info(NAME))).hasMessageContaining("the bucket doesn't exist");

        await(missing.close());
    }
}
