package io.alertstream.storage.s3;

import io.alertstream.settings.Settings;
import io.alertstream.settings.SettingsReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How S3 is reached.
 *
 * @param endpoint the address, if not Amazon's own
 * @param region for which requests are signed; empty: from the SDK's own settings
 * @param pathStyle whether the bucket is in the URL's path rather than in the host name
 * @param keyFiles the credentials; empty: what the SDK finds
 * @param caFile trusted certificates, in PEM; empty: Java's default
 */
public record S3Settings(
        Optional<URI> endpoint,
        Optional<String> region,
        boolean pathStyle,
        S3Checksums checksums,
        S3WriteOnce writeOnce,
        Optional<KeyFiles> keyFiles,
        Optional<Path> caFile) {

    /** Files with the two parts of a credential, as Kubernetes mounts them. */
    public record KeyFiles(Path accessKey, Path secretKey) {}

    public static S3Settings read(SettingsReader in) {
        Optional<URI> endpoint = in.get(Settings.S3_ENDPOINT);
        if (endpoint.isPresent() && !isPlain(endpoint.get())) {
            in.refuse(Settings.S3_ENDPOINT, "an address without user, query and fragment");
        }
        Optional<Path> caFile = in.file(Settings.S3_CA_FILE);
        in.check(() -> caFile.ifPresent(TrustedCertificates::managers));
        return new S3Settings(
                endpoint,
                in.get(Settings.S3_REGION),
                in.get(Settings.S3_PATH_STYLE).orElse(endpoint.isPresent()),
                in.get(S3Checksums.SETTING),
                in.get(S3WriteOnce.SETTING),
                readKeyFiles(in),
                caFile);
    }

    private static boolean isPlain(URI address) {
        return address.getRawUserInfo() == null && address.getRawQuery() == null && address.getRawFragment() == null;
    }

    private static Optional<KeyFiles> readKeyFiles(SettingsReader in) {
        Optional<Path> accessKey = in.secretFile(Settings.S3_ACCESS_KEY_FILE);
        Optional<Path> secretKey = in.secretFile(Settings.S3_SECRET_KEY_FILE);
        if (accessKey.isPresent() && secretKey.isPresent()) {
            return Optional.of(new KeyFiles(accessKey.get(), secretKey.get()));
        }
        if (accessKey.isPresent()) {
            in.refuse(Settings.S3_SECRET_KEY_FILE, "the file with the secret of S3_ACCESS_KEY_FILE's key");
        } else if (secretKey.isPresent()) {
            in.refuse(Settings.S3_ACCESS_KEY_FILE, "the file with the key of S3_SECRET_KEY_FILE's secret");
        }
        return Optional.empty();
    }
}
