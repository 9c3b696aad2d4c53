package io.alertstream.storage.s3;

import io.alertstream.settings.Forms;
import io.alertstream.settings.Setting;

/** How to create an object only if its name is unused. */
public enum S3WriteOnce {
    /** The bucket itself enforces it, on {@code If-None-Match: *}. Only this is safe in all cases. */
    IF_NONE_MATCH,
    /**
     * A check before the write. If two writers create the same object at the same time, both may succeed, and the later
     * one's bytes remain. For gateways that don't support {@code If-None-Match}.
     */
    CHECK_THEN_PUT;

    public static final Setting<S3WriteOnce> SETTING = Setting.of(
            "S3_WRITE_ONCE",
            "if-none-match",
            Forms.oneOf(S3WriteOnce.class),
            "how S3 keeps objects from being replaced: if-none-match, or check-then-put where a gateway can't");
}
