package io.alertstream.storage.gcs;

import com.google.api.client.http.apache.v2.ApacheHttpTransport;
import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import io.alertstream.storage.BucketLimits;
import io.alertstream.storage.StoreLocation.Access;
import java.io.IOException;
import java.time.Duration;

/** Opens clients of Google Cloud Storage's JSON interface. */
final class GcsClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.";

    private GcsClient() {}

    /**
     * Makes a client that retries nothing: its callers decide how long to retry, and count attempts.
     *
     * @throws IOException if there are no credentials
     */
    static Storage open(GcsSettings settings, Access access, ApacheHttpTransport transport, BucketLimits limits)
            throws IOException {
        StorageOptions.Builder options = StorageOptions.http()
                .setCredentials(credentials(settings, access))
                .setRetrySettings(ServiceOptions.getNoRetrySettings())
                // No request here needs a project; without one, the library searches for it.
                .setProjectId("unused")
                .setTransportOptions(HttpTransportOptions.newBuilder()
                        .setHttpTransportFactory(() -> transport)
                        .setConnectTimeout(Math.toIntExact(CONNECT_TIMEOUT.toMillis()))
                        .setReadTimeout(Math.toIntExact(limits.readTimeout().toMillis()))
                        .build());
        settings.endpoint().ifPresent(endpoint -> options.setHost(endpoint.toString()));
        return options.build().getService();
    }

    /**
     * Makes a transport that keeps as many connections open as are used, so that requests don't wait for handshakes; the
     * library's own keeps five, however many threads there are. Cookies and content encodings are off: handling them
     * costs more than all that the library adds to a request.
     */
    static ApacheHttpTransport transport(BucketLimits limits) {
        return new ApacheHttpTransport(ApacheHttpTransport.newDefaultHttpClientBuilder()
                .setMaxConnTotal(limits.connections())
                .setMaxConnPerRoute(limits.connections())
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .disableConnectionState()
                .setRequestExecutor(new CallLimit(limits.callTimeout()))
                .addInterceptorLast(new GcsAnswers(limits.maxObjectBytes()))
                .build());
    }

    private static Credentials credentials(GcsSettings settings, Access access) throws IOException {
        return settings.emulated()
                ? NoCredentials.getInstance()
                : GoogleCredentials.getApplicationDefault()
                        .createScoped(SCOPE + (access == Access.READ_WRITE ? "read_write" : "read_only"));
    }
}
