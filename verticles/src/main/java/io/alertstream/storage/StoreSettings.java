package io.alertstream.storage;

import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.net.URI;
import java.util.Optional;

/**
 * How stores are reached.
 *
 * @param endpoint where Google Cloud Storage is, if not at Google's address
 * @param emulated whether that is an emulator, which asks for no credentials
 * @param writable whether objects will be created; a store that is only read takes nothing but the permission to read
 */
public record StoreSettings(Optional<URI> endpoint, boolean emulated, boolean writable) {

    public static StoreSettings read(SettingsReader in) {
        Optional<URI> endpoint = in.get(Settings.GCS_ENDPOINT);
        Optional<URI> emulator = in.get(Settings.STORAGE_EMULATOR_HOST);
        // Credentials never travel in the clear: what is not https is an emulator.
        boolean emulated = endpoint.or(() -> emulator)
                .map(uri -> endpoint.isEmpty() || !"https".equals(uri.getScheme()))
                .orElse(false);
        return new StoreSettings(endpoint.or(() -> emulator), emulated, true);
    }

    /** For whoever only reads. */
    public StoreSettings readOnly() {
        return new StoreSettings(endpoint, emulated, false);
    }
}
