package io.alertstream.ingester;

import io.alertstream.local.KafkaTest;
import io.alertstream.storage.FakeBucket;
import io.alertstream.storage.FakeBucket.Fault;
import io.alertstream.storage.s3.FakeS3;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Faults of S3, with its own error codes. */
@KafkaTest
class IngesterS3IT extends BucketFaults {

    @TempDir
    static Path keys;

    @Override
    List<Lasting> lastingFaults() {
        return List.of(
                Lasting.status(503, "SlowDown", "status 503 SlowDown"), // with Retry-After
                Lasting.status(503, "ServiceUnavailable", "status 503 ServiceUnavailable"),
                Lasting.status(500, "InternalError", "status 500 InternalError"),
                Lasting.status(502, "BadGateway", "status 502"),
                Lasting.status(504, "GatewayTimeout", "status 504"),
                Lasting.status(429, "TooManyRequests", "status 429"),
                Lasting.status(400, "RequestTimeout", "status 400 RequestTimeout"),
                Lasting.status(403, "AccessDenied", "permission denied (403 AccessDenied)"),
                Lasting.status(403, "ExpiredToken", "refused or have expired (403 ExpiredToken)"),
                Lasting.status(403, "RequestTimeTooSkewed", "the clocks of this machine and of the store differ"),
                Lasting.status(404, "NoSuchBucket", "the bucket doesn't exist (404 NoSuchBucket)"),
                Lasting.status(409, "ConditionalRequestConflict", "status 409 ConditionalRequestConflict"),
                Lasting.status(200, "InternalError", "the response has status 200 but isn't S3's"),
                new Lasting(new Fault.Page(), "can't create"),
                new Lasting(new Fault.Reset(), "can't create"),
                new Lasting(new Fault.Silence(), "timed out"));
    }

    @Override
    String damage() {
        return "Data read has a different checksum than expected";
    }

    @Override
    FakeBucket open(Vertx vertx) {
        return new FakeS3(vertx, keys);
    }
}
