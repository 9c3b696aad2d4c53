package io.alertstream.storage.gcs;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Reads part of an object. */
final class GcsRange {

    private static final int NOT_SATISFIABLE = 416;

    private GcsRange() {}

    /** The bytes of the range, fewer if the object ends before it. */
    static byte[] read(Storage client, BlobId object, long from, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try (ReadChannel channel = client.reader(object, BlobSourceOption.shouldReturnRawInputStream(true))) {
            channel.setChunkSize(0); // reads into our buffer, not into one of its own
            channel.seek(from);
            channel.limit(from + length);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // read until the buffer is full or the object ends
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        } catch (StorageException e) {
            if (e.getCode() == NOT_SATISFIABLE) {
                return new byte[0];
            }
            throw e;
        } catch (IOException e) {
            throw e.getCause() instanceof StorageException storage ? storage : StorageException.translate(e);
        }
    }
}
