package io.alertstream.kafka;

import io.alertstream.settings.Secret;
import io.alertstream.settings.Setting;
import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads the settings of a connection and checks its files, so that problems show at the start and not at the first
 * connection.
 */
final class KafkaSettingsReader {

    private final SettingsReader in;
    private final KafkaSecurity security;
    private boolean usable = true;

    KafkaSettingsReader(SettingsReader in) {
        this.in = in;
        this.security = in.get(KafkaSecurity.SETTING);
    }

    /** The settings; if any was refused, a placeholder without security that is never used. */
    KafkaSettings read() {
        String servers = in.get(Settings.KAFKA_BOOTSTRAP_SERVERS);
        Optional<Path> ca = trusted();
        Optional<Path> certificate =
                needed(Settings.KAFKA_CERT_FILE, security == KafkaSecurity.MTLS, "KAFKA_SECURITY is mtls");
        Optional<Path> key = needed(Settings.KAFKA_KEY_FILE, security == KafkaSecurity.MTLS, "KAFKA_SECURITY is mtls");
        check(certificate, key);
        Optional<String> username =
                needed(Settings.KAFKA_USERNAME, security.scram(), "KAFKA_SECURITY is scram or scram-tls");
        Optional<Secret> password = password();
        if (!usable) {
            return KafkaSettings.plaintext(servers);
        }
        Optional<Path> passwordFile = security.scram() ? in.get(Settings.KAFKA_PASSWORD_FILE) : Optional.empty();
        return new KafkaSettings(servers, security, ca, certificate, key, username, password, passwordFile);
    }

    private Optional<Path> trusted() {
        Optional<Path> file = in.get(Settings.KAFKA_CA_FILE);
        if (file.isPresent() && !security.encrypted()) {
            refuse(Settings.KAFKA_CA_FILE, "nothing, unless KAFKA_SECURITY is tls, mtls or scram-tls");
            return Optional.empty();
        }
        file.ifPresent(path -> look(Settings.KAFKA_CA_FILE, path, PemFile::certificates));
        return file;
    }

    private <T> Optional<T> needed(Setting<Optional<T>> setting, boolean isNeeded, String when) {
        Optional<T> value = in.get(setting);
        if (value.isPresent() && !isNeeded) {
            refuse(setting, "nothing, unless " + when);
            return Optional.empty();
        }
        if (value.isEmpty() && isNeeded) {
            refuse(setting, "a value, since " + when);
        }
        return value;
    }

    private void check(Optional<Path> certificate, Optional<Path> key) {
        Optional<List<X509Certificate>> chain = certificate.flatMap(
                path -> Optional.ofNullable(pem(Settings.KAFKA_CERT_FILE, path)).map(PemFile::certificates));
        if (chain.isPresent() && key.isPresent()) {
            look(
                    Settings.KAFKA_KEY_FILE,
                    key.get(),
                    pem -> pem.keyOf(chain.get().get(0)));
        }
    }

    private PemFile pem(Setting<?> setting, Path path) {
        return look(setting, path, PemFile::certificates) ? PemFile.read(path) : null;
    }

    private boolean look(Setting<?> setting, Path path, Consumer<PemFile> check) {
        try {
            check.accept(PemFile.read(path));
            return true;
        } catch (IllegalArgumentException e) {
            refuse(setting, e.getMessage());
            return false;
        }
    }

    private Optional<Secret> password() {
        boolean isSet = in.isSet(Settings.KAFKA_PASSWORD) || in.isSet(Settings.KAFKA_PASSWORD_FILE);
        if (isSet && !security.scram()) {
            Setting<?> which =
                    in.isSet(Settings.KAFKA_PASSWORD) ? Settings.KAFKA_PASSWORD : Settings.KAFKA_PASSWORD_FILE;
            refuse(which, "nothing, unless KAFKA_SECURITY is scram or scram-tls");
            return Optional.empty();
        }
        Optional<Secret> password = in.secret(Settings.KAFKA_PASSWORD, Settings.KAFKA_PASSWORD_FILE);
        if (password.isEmpty() && security.scram()) {
            usable = false; // An unusable value was refused already.
            if (!isSet) {
                refuse(
                        Settings.KAFKA_PASSWORD,
                        "a password here, or in KAFKA_PASSWORD_FILE, since KAFKA_SECURITY is scram or scram-tls");
            }
        }
        return password;
    }

    private void refuse(Setting<?> setting, String expected) {
        usable = false;
        in.refuse(setting, expected);
    }
}
