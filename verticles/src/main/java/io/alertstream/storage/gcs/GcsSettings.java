package io.alertstream.storage.gcs;

import io.alertstream.settings.Forms;
import io.alertstream.settings.Setting;
import io.alertstream.settings.SettingsReader;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How Google Cloud Storage is reached.
 *
 * @param endpoint the address, if not Google's own
 * @param emulated whether that is an emulator, which is accessed without credentials
 */
public record GcsSettings(Optional<URI> endpoint, boolean emulated) {

    public static final Setting<Optional<URI>> ENDPOINT = Setting.optional(
                    "GCS_ENDPOINT", Forms.httpUrl(), "URL of Google Cloud Storage or an emulator")
            .defaultShownAs("Google's, or STORAGE_EMULATOR_HOST");

    /** Google's own name: its client libraries read this variable too. */
    public static final Setting<Optional<URI>> EMULATOR_HOST = Setting.optional(
            "STORAGE_EMULATOR_HOST",
            Forms.httpUrlOrHost(),
            "URL of a Google Cloud Storage emulator, used without credentials");

    /** In the order of {@code --help}. */
    public static final List<Setting<?>> ALL = List.of(ENDPOINT, EMULATOR_HOST);

    public static GcsSettings read(SettingsReader in) {
        Optional<URI> endpoint = in.get(ENDPOINT);
        Optional<URI> emulator = in.get(EMULATOR_HOST);
        // Credentials are never sent unencrypted: an endpoint without https counts as an emulator.
        boolean emulated = endpoint.or(() -> emulator)
                .map(uri -> endpoint.isEmpty() || !"https".equals(uri.getScheme()))
                .orElse(false);
        return new GcsSettings(endpoint.or(() -> emulator), emulated);
    }
}
