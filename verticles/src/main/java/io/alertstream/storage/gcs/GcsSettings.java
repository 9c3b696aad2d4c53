package io.alertstream.storage.gcs;

import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.net.URI;
import java.util.Optional;

/**
 * How Google Cloud Storage is reached.
 *
 * @param endpoint the address, if not Google's own
 * @param emulated whether that is an emulator, which is accessed without credentials
 */
public record GcsSettings(Optional<URI> endpoint, boolean emulated) {

    public static GcsSettings read(SettingsReader in) {
        Optional<URI> endpoint = in.get(Settings.GCS_ENDPOINT);
        Optional<URI> emulator = in.get(Settings.STORAGE_EMULATOR_HOST);
        // Credentials are never sent unencrypted: an endpoint without https counts as an emulator.
        boolean emulated = endpoint.or(() -> emulator)
                .map(uri -> endpoint.isEmpty() || !"https".equals(uri.getScheme()))
                .orElse(false);
        return new GcsSettings(endpoint.or(() -> emulator), emulated);
    }
}
