package io.alertstream.storage;

import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.StorageScopes;
import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.storage.spi.v1.HttpStorageRpc;
import java.io.IOException;
import java.time.Duration;

/**
 * A client of the JSON interface. Of google-cloud-storage it takes credentials, transport and the client inside, and not
 * the convenient methods: those retry by themselves, and hide the headers of an answer, where the checksum is.
 */
final class GcsClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private GcsClient() {}

    /**
     * Makes one.
     *
     * @param readTimeout for which an answer may make no progress
     * @throws IOException if there are no credentials
     */
    static Storage open(StoreSettings settings, ApacheHttpTransport transport, Duration readTimeout)
            throws IOException {
        StorageOptions.Builder options = StorageOptions.http()
                .setCredentials(credentials(settings))
                // Nothing done here belongs to a project; without one, the library goes and looks for it.
                .setProjectId("unused")
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setHttpTransportFactory(() -> transport)
                        .setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()))
                        .setReadTimeout(Math.toIntExact(readTimeout.toMillis()))
                        .build());
        settings.endpoint().ifPresent(endpoint -> options.setHost(endpoint.toString()));
        return new HttpStorageRpc(options.build()).getStorage();
    }

    /**
     * Keeps that many connections open, so that no request has to shake hands first. The library's own transport keeps
     * five, whatever the number of threads.
     */
    static ApacheHttpTransport transport(int connections) {
        return new ApacheHttpTransport(ApacheHttpTransport.newDefaultHttpClientBuilder()
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .build());
    }

    private static Credentials credentials(StoreSettings settings) throws IOException {
        return settings.emulated()
                ? NoCredentials.getInstance()
                : GoogleCredentials.getApplicationDefault()
                        .createScoped(
                                settings.writable()
                                        ? StorageScopes.DEVSTORAGE_READ_WRITE
                                        : StorageScopes.DEVSTORAGE_READ_ONLY);
    }
}
