package io.alertstream.settings;

/** How what is sent is proved, which not every gateway knows. */
public enum S3Checksums {
    /** {@code x-amz-checksum-crc32c}, which S3 keeps with the object and sends with it. */
    CRC32C,
    /** {@code Content-MD5}, which every gateway knows and none keeps. The object's CRC-32C is in its metadata either way. */
    MD5
}
