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
 * @param writable whether objects will be created. A store that is only read takes nothing but the permission to read,
 *     and doesn't make its directory.
 */
public record StoreSettings(Optional<URI> endpoint, boolean emulated, boolean writable) {

    public static StoreSettings read(SettingsReader in) {
        Optional<URI> emulator = in.get(Settings.STORAGE_EMULATOR_HOST);
        return new StoreSettings(in.get(Settings.GCS_ENDPOINT).or(() -> emulator), emulator.isPresent(), true);
    }

    /** For whoever only reads. */
    public StoreSettings readOnly() {
        return new StoreSettings(endpoint, emulated, false);
    }
}
