package io.alertstream.storage;

import java.time.Duration;

/**
 * What requests to a bucket may take.
 *
 * @param calls at a time
 * @param readTimeout how long an answer may make no progress
 * @param callTimeout how long a request may take altogether, up to its answer's last byte
 * @param maxObjectBytes of an object that is read whole
 */
public record BucketLimits(int calls, Duration readTimeout, Duration callTimeout, int maxObjectBytes) {

    /**
     * Requests are dominated by network latency: 64 at 30 ms each are about 2,000 a second. The server's clients wait
     * for 30 s as well, in which the largest object takes 2 MB/s.
     */
    public static final BucketLimits DEFAULT =
            new BucketLimits(64, Duration.ofSeconds(20), Duration.ofSeconds(30), ObjectStore.MAX_OBJECT_BYTES);

    /** A page with 1,000 names of 1,024 bytes, each sent as three, and 2 KB about each. */
    public static final int MAX_LIST_BYTES = 8 << 20;

    /** An error is a few hundred bytes; anything far larger is a page of something in between. */
    public static final int MAX_ERROR_BYTES = 64 << 10;

    /** Pages in a row that list nothing though more follow. A bucket may answer so where many objects were deleted. */
    public static final int MAX_EMPTY_PAGES = 100;

    /** One more than calls, so that a check never waits for a connection, whatever the calls do. */
    public int connections() {
        return calls + 1;
    }
}
