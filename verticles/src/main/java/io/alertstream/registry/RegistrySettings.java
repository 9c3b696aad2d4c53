package io.alertstream.registry;

import io.alertstream.settings.Secret;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.net.URI;
import java.util.Optional;

/**
 * The address of the schema registry, and the credentials for it.
 *
 * @param url http or https, with or without a base path; no user, query or fragment
 */
public record RegistrySettings(URI url, Credentials credentials) {

    public RegistrySettings {
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            // Not the URL itself: it may hold a password.
            throw new IllegalArgumentException("a registry's address without user, query and fragment");
        }
    }

    /** A registry without authentication. */
    public static RegistrySettings open(URI url) {
        return new RegistrySettings(url, new Credentials.None());
    }

    public static RegistrySettings read(SettingsReader in) {
        Credentials credentials = readCredentials(in);
        URI url = in.get(Settings.SCHEMA_REGISTRY_URL);
        if (url.getRawUserInfo() != null) {
            // Reported for another setting, since a problem shows its setting's value.
            in.refuse(
                    Settings.SCHEMA_REGISTRY_USERNAME,
                    "the user's name here, its password in SCHEMA_REGISTRY_PASSWORD, neither in SCHEMA_REGISTRY_URL");
            return open(withoutExtras(url));
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            in.refuse(Settings.SCHEMA_REGISTRY_URL, "an address without query and fragment");
            return open(withoutExtras(url));
        }
        return new RegistrySettings(url, credentials);
    }

    private static Credentials readCredentials(SettingsReader in) {
        Optional<String> username = in.get(Settings.SCHEMA_REGISTRY_USERNAME);
        Optional<Secret> password =
                in.secret(Settings.SCHEMA_REGISTRY_PASSWORD, Settings.SCHEMA_REGISTRY_PASSWORD_FILE);
        Optional<Secret> token = in.secret(Settings.SCHEMA_REGISTRY_TOKEN, Settings.SCHEMA_REGISTRY_TOKEN_FILE);
        if (token.isPresent() && (username.isPresent() || password.isPresent())) {
            in.refuse(Settings.SCHEMA_REGISTRY_TOKEN, "either a token or a user's name and password, not both");
        } else if (token.isPresent()) {
            return new Credentials.Bearer(token.get());
        } else if (username.isPresent() && password.isPresent()) {
            if (username.get().indexOf(':') < 0) {
                return new Credentials.Basic(username.get(), password.get());
            }
            in.refuse(Settings.SCHEMA_REGISTRY_USERNAME, "a name without a colon, as basic authentication wants it");
        } else if (username.isPresent()) {
            in.refuse(
                    Settings.SCHEMA_REGISTRY_PASSWORD,
                    "a password here, or in SCHEMA_REGISTRY_PASSWORD_FILE, since SCHEMA_REGISTRY_USERNAME is set");
        } else if (password.isPresent()) {
            in.refuse(Settings.SCHEMA_REGISTRY_USERNAME, "a user's name, since a password is set");
        }
        return new Credentials.None();
    }

    private static URI withoutExtras(URI url) {
        return URI.create(url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()));
    }
}
