package io.alertstream.storage.s3;

import io.alertstream.settings.Forms;
import io.alertstream.settings.Setting;

/** How an object is created only if there is none of its name. */
public enum S3WriteOnce {
    /** By the bucket itself, which is asked by {@code If-None-Match: *}. Nothing else holds whatever happens. */
    IF_NONE_MATCH,
    /**
     * By looking first. Of two who create the same object in the same moment both may: the later one's bytes stay. For gateways
     * that don't know {@code If-None-Match}.
     */
    CHECK_THEN_PUT;

    public static final Setting<S3WriteOnce> SETTING = Setting.of(
            "S3_WRITE_ONCE",
            "if-none-match",
            Forms.oneOf(S3WriteOnce.class),
            "how S3 keeps objects from being replaced: if-none-match, or check-then-put where a gateway can't");
}
