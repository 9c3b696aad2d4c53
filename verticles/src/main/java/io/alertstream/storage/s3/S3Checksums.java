package io.alertstream.storage.s3;

import io.alertstream.settings.Forms;
import io.alertstream.settings.Setting;

/** The checksum sent with an object; not every gateway supports each. */
public enum S3Checksums {
    /** {@code x-amz-checksum-crc32c}, which S3 stores with the object and returns with it. */
    CRC32C,
    /**
     * {@code Content-MD5}, which every gateway verifies and none stores. The object's CRC-32C is in its metadata either
     * way.
     */
    MD5;

    public static final Setting<S3Checksums> SETTING = Setting.of(
            "S3_CHECKSUMS",
            "crc32c",
            Forms.oneOf(S3Checksums.class),
            "checksum sent to S3: crc32c, or md5 for gateways that refuse newer headers");
}
