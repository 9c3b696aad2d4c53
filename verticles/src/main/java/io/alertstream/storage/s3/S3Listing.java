package io.alertstream.storage.s3;

import io.alertstream.storage.BucketLimits;
import io.alertstream.storage.ObjectInfo;
import io.alertstream.storage.ObjectPage;
import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Lists a bucket's objects, and checks that the answers are lists. */
record S3Listing(String bucket) {

    /** The objects that have the prefix and follow a name, in the bucket's order. */
    ObjectPage page(S3Client client, String prefix, String after) {
        UnaryOperator<ListObjectsV2Request.Builder> wanted =
                request -> request.prefix(prefix).maxKeys(ObjectPage.MAX_OBJECTS);
        ListObjectsV2Response page =
                list(client, request -> wanted.apply(request).startAfter(after.isEmpty() ? null : after));
        for (int empty = 1; isTruncated(page) && page.contents().isEmpty(); empty++) {
            String token = page.nextContinuationToken();
            if (token == null || empty > BucketLimits.MAX_EMPTY_PAGES) {
                throw wrong("expected objects, or the end of the list, in " + empty + " pages");
            }
            page = list(client, request -> wanted.apply(request).continuationToken(token));
        }
        List<ObjectInfo> objects = page.contents().stream().map(this::info).toList();
        return new ObjectPage(
                objects,
                isTruncated(page) ? Optional.of(objects.get(objects.size() - 1).name()) : Optional.empty());
    }

    /** Checks that the bucket can be listed. */
    void look(S3Client client) {
        list(client, request -> request.maxKeys(1));
    }

    private ListObjectsV2Response list(S3Client client, UnaryOperator<ListObjectsV2Request.Builder> wanted) {
        // Encoded, because XML can't carry every character of a name.
        ListObjectsV2Request.Builder request =
                ListObjectsV2Request.builder().bucket(bucket).encodingType(EncodingType.URL);
        ListObjectsV2Response page = client.listObjectsV2(wanted.apply(request).build());
        if (page.name() == null) {
            throw wrong("expected a list, but the response isn't S3's");
        }
        return page;
    }

    private static boolean isTruncated(ListObjectsV2Response page) {
        return Boolean.TRUE.equals(page.isTruncated());
    }

    private ObjectInfo info(S3Object object) {
        if (object.key() == null || object.size() == null || object.size() < 0) {
            throw wrong(
                    "expected objects with a Key and a Size, got Key " + object.key() + " and Size " + object.size());
        }
        return new ObjectInfo(object.key(), object.size(), OptionalInt.empty());
    }

    private StoreException wrong(String why) {
        return new StoreException(Remedy.RETRY, "bucket " + bucket + ": can't list its objects: " + why, null);
    }
}
