package io.alertstream.ingester;

import io.alertstream.local.KafkaTest;
import io.alertstream.storage.FakeBucket;
import io.alertstream.storage.FakeBucket.Fault;
import io.alertstream.storage.gcs.FakeGcs;
import io.vertx.core.Vertx;
import java.util.List;

/** Faults of Google Cloud Storage. */
@KafkaTest
class IngesterGcsIT extends BucketFaults {

    @Override
    List<Lasting> lastingFaults() {
        return List.of(
                Lasting.status(401, "planned", "the credentials were refused (401)"),
                Lasting.status(403, "planned", "permission denied (403)"),
                Lasting.status(404, "planned", "the bucket doesn't exist (404)"),
                Lasting.status(408, "planned", "status 408"),
                Lasting.status(429, "planned", "status 429"),
                Lasting.status(500, "planned", "status 500"),
                Lasting.status(502, "planned", "status 502"),
                Lasting.status(503, "planned", "status 503"),
                Lasting.status(504, "planned", "status 504"),
                new Lasting(new Fault.Reset(), "can't create"),
                new Lasting(new Fault.Silence(), "timed out"));
    }

    @Override
    String damage() {
        return "Mismatch checksum value";
    }

    @Override
    FakeBucket open(Vertx vertx) {
        return new FakeGcs(vertx);
    }
}
