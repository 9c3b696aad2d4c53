package io.alertstream.storage.s3;

import io.alertstream.settings.Forms;
import io.alertstream.settings.Setting;

/** How what is sent is proved, which not every gateway knows. */
public enum S3Checksums {
    /** {@code x-amz-checksum-crc32c}, which S3 keeps with the object and sends with it. */
    CRC32C,
    /** {@code Content-MD5}, which every gateway knows and none keeps. The object's CRC-32C is in its metadata either way. */
    MD5;

    public static final Setting<S3Checksums> SETTING = Setting.of(
            "S3_CHECKSUMS",
            "crc32c",
            Forms.oneOf(S3Checksums.class),
            "checksum sent to S3: crc32c, or md5 for gateways that refuse newer headers");
}
