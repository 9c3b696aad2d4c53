package io.alertstream.storage.s3;

import io.alertstream.settings.SecretFile;
import io.alertstream.storage.s3.S3Settings.KeyFiles;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Credentials in two files, read for each request: this is cheap, and keys rotated in a mounted Secret take effect at
 * once.
 */
record KeysInFiles(KeyFiles files) implements AwsCredentialsProvider {

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return AwsBasicCredentials.create(
                    SecretFile.read(files.accessKey()).reveal(),
                    SecretFile.read(files.secretKey()).reveal());
        } catch (IllegalArgumentException e) {
            // Without the cause, which would be taken for a network failure.
            throw SdkClientException.create(
                    "Unable to load credentials from S3_ACCESS_KEY_FILE and S3_SECRET_KEY_FILE: expected "
                            + e.getMessage());
        }
    }
}
