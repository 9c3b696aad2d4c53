package io.alertstream.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alertstream.storage.ObjectStore;
import io.alertstream.storage.ObjectStoreContract;
import io.alertstream.storage.StoreLocation.Access;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The store contract against an independent emulator, such as fake-gcs-server, started by hand: {@code
 * -Dgcs.emulator=http://localhost:4443}.
 */
@EnabledIfSystemProperty(
        named = "gcs.emulator",
        matches = "http.+",
        disabledReason = "there is no emulator of Google Cloud Storage: -Dgcs.emulator=http://HOST:PORT names one")
class GcsEmulatorTest extends ObjectStoreContract {

    private static final String EMULATOR = System.getProperty("gcs.emulator");

    @Override
    protected ObjectStore open() throws Exception {
        String bucket = "alerts-" + UUID.randomUUID();
        HttpRequest makeBucket = HttpRequest.newBuilder(URI.create(EMULATOR + "/storage/v1/b?project=test"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\": \"" + bucket + "\"}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(makeBucket, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        return open(bucket);
    }

    private ObjectStore open(String bucket) {
        GcsSettings settings = new GcsSettings(Optional.of(URI.create(EMULATOR)), true);
        return new GcsLocation(bucket, settings).open(vertx, Access.READ_WRITE);
    }

    @Test
    void aMissingBucketIsNotAnEmptyArchive() {
        ObjectStore missing = open("missing-" + UUID.randomUUID());

        assertThatThrownBy(() -> await(missing.read(NAME))).hasMessageContaining("the bucket doesn't exist");

        await(missing.close());
    }
}
