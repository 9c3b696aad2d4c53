package io.alertstream.storage.gcs;

import com.google.api.gax.paging.Page;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobListOption;
import io.alertstream.storage.BucketLimits;
import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.ObjectPage;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;

/** Lists a bucket's objects, and checks that the answers are lists. */
record GcsListing(String bucket) {

    static final BlobField[] ABOUT = {BlobField.NAME, BlobField.SIZE, BlobField.CRC32C};

    /** The objects that have the prefix and follow a name, in the bucket's order. */
    ObjectPage page(Storage client, String prefix, String after) {
        Page<Blob> page = client.list(
                bucket,
                BlobListOption.prefix(prefix),
                BlobListOption.startOffset(after), // inclusive: may list the name itself
                BlobListOption.pageSize(ObjectPage.MAX_OBJECTS),
                BlobListOption.fields(ABOUT));
        List<ObjectInfo> objects = objects(page, after);
        for (int empty = 1; objects.isEmpty() && page.hasNextPage(); empty++) {
            if (empty > BucketLimits.MAX_EMPTY_PAGES) {
                throw wrong("expected objects, or the end of the list, in " + empty + " pages");
            }
            page = page.getNextPage();
            objects = objects(page, after);
        }
        return new ObjectPage(
                objects,
                page.hasNextPage() ? Optional.of(objects.get(objects.size() - 1).name()) : Optional.empty());
    }

    private List<ObjectInfo> objects(Page<Blob> page, String after) {
        try {
            return StreamSupport.stream(page.getValues().spliterator(), false)
                    .map(this::info)
                    .filter(object -> !object.name().equals(after))
                    .toList();
        } catch (NullPointerException e) {
            // What the library's decoder throws if an object has no name.
            throw wrong("expected objects with a name and a size");
        }
    }

    /** Checks that the bucket can be listed. */
    void look(Storage client) {
        client.list(bucket, BlobListOption.pageSize(1), BlobListOption.fields(BlobField.NAME));
    }

    ObjectInfo info(BlobInfo blob) {
        if (blob.getName() == null || blob.getSize() == null || blob.getSize() < 0) {
            throw wrong("expected objects with a name and a size, got name " + blob.getName() + " and size "
                    + blob.getSize());
        }
        String crc32c = blob.getCrc32cToHexString();
        return new ObjectInfo(
                blob.getName(),
                blob.getSize(),
                crc32c == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseUnsignedInt(crc32c, 16)));
    }

    private StoreException wrong(String why) {
        return new StoreException(Remedy.RETRY, "bucket " + bucket + ": can't list its objects: " + why, null);
    }
}
