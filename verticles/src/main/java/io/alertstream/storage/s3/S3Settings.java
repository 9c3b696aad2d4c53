package io.alertstream.storage.s3;

import io.alertstream.settings.Forms;
import io.alertstream.settings.Setting;
import io.alertstream.settings.SettingsReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
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

    public static final Setting<Optional<URI>> ENDPOINT = Setting.optional(
                    "S3_ENDPOINT", Forms.httpUrl(), "address of S3 or of a gateway that speaks it")
            .defaultShownAs("Amazon's");
    public static final Setting<Optional<String>> REGION = Setting.optional(
                    "S3_REGION",
                    Forms.matching("[a-z0-9][a-z0-9_-]{0,62}", "a region's name, such as us-east-1"),
                    "region of the S3 buckets")
            .defaultShownAs("the AWS SDK's; us-east-1 with S3_ENDPOINT");
    public static final Setting<Optional<Boolean>> PATH_STYLE = Setting.optional(
                    "S3_PATH_STYLE",
                    Forms.bool(),
                    "whether an S3 bucket's name is in the URL's path rather than its host")
            .defaultShownAs("true with S3_ENDPOINT, else false");
    public static final Setting<Optional<Path>> ACCESS_KEY_FILE = Setting.optional(
                    "S3_ACCESS_KEY_FILE", Forms.path(), "file that holds the access key's id for S3")
            .defaultShownAs("the AWS SDK's: environment, profile, web identity, instance");
    public static final Setting<Optional<Path>> SECRET_KEY_FILE = Setting.optional(
                    "S3_SECRET_KEY_FILE", Forms.path(), "file that holds the secret access key for S3")
            .defaultShownAs("the AWS SDK's, as above");
    public static final Setting<Optional<Path>> CA_FILE = Setting.optional(
                    "S3_CA_FILE", Forms.path(), "PEM file with the only certificates to trust at S3_ENDPOINT")
            .defaultShownAs("Java's own");

    /** In the order of {@code --help}. */
    public static final List<Setting<?>> ALL = List.of(
            ENDPOINT,
            REGION,
            PATH_STYLE,
            S3Checksums.SETTING,
            S3WriteOnce.SETTING,
            ACCESS_KEY_FILE,
            SECRET_KEY_FILE,
            CA_FILE);

    /** Files with the two parts of a credential, as Kubernetes mounts them. */
    public record KeyFiles(Path accessKey, Path secretKey) {}

    public static S3Settings read(SettingsReader in) {
        Optional<URI> endpoint = in.get(ENDPOINT);
        if (endpoint.isPresent() && !isPlain(endpoint.get())) {
            in.refuse(ENDPOINT, "an address without user, query and fragment");
        }
        Optional<Path> caFile = in.file(CA_FILE);
        in.check(() -> caFile.ifPresent(TrustedCertificates::managers));
        return new S3Settings(
                endpoint,
                in.get(REGION),
                in.get(PATH_STYLE).orElse(endpoint.isPresent()),
                in.get(S3Checksums.SETTING),
                in.get(S3WriteOnce.SETTING),
                readKeyFiles(in),
                caFile);
    }

    private static boolean isPlain(URI address) {
        return address.getRawUserInfo() == null && address.getRawQuery() == null && address.getRawFragment() == null;
    }

    private static Optional<KeyFiles> readKeyFiles(SettingsReader in) {
        Optional<Path> accessKey = in.secretFile(ACCESS_KEY_FILE);
        Optional<Path> secretKey = in.secretFile(SECRET_KEY_FILE);
        if (accessKey.isPresent() && secretKey.isPresent()) {
            return Optional.of(new KeyFiles(accessKey.get(), secretKey.get()));
        }
        if (accessKey.isPresent()) {
            in.refuse(SECRET_KEY_FILE, "the file with the secret of S3_ACCESS_KEY_FILE's key");
        } else if (secretKey.isPresent()) {
            in.refuse(ACCESS_KEY_FILE, "the file with the key of S3_SECRET_KEY_FILE's secret");
        }
        return Optional.empty();
    }
}
