package io.alertstream.storage.gcs;

import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.net.URI;
import java.util.Optional;

/**
 * How Google Cloud Storage is reached.
 *
 * @param endpoint where it is, if not at Google's address
 * @param emulated whether that is an emulator, which is asked without credentials
 */
public record GcsSettings(Optional<URI> endpoint, boolean emulated) {

    public static GcsSettings read(SettingsReader in) {
        Optional<URI> endpoint = in.get(Settings.GCS_ENDPOINT);
        Optional<URI> emulator = in.get(Settings.STORAGE_EMULATOR_HOST);
        // Credentials never travel in the clear: what is not https is an emulator.
        boolean emulated = endpoint.or(() -> emulator)
                .map(uri -> endpoint.isEmpty() || !"https".equals(uri.getScheme()))
                .orElse(false);
        return new GcsSettings(endpoint.or(() -> emulator), emulated);
    }
}
