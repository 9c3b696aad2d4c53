package io.alertstream.settings;

/** How an object is created only if there is none of its name. */
public enum S3WriteOnce {
    /** By the bucket itself, which is asked by {@code If-None-Match: *}. Nothing else holds whatever happens. */
    IF_NONE_MATCH,
    /**
     * By looking first. Of two who create the same object in the same moment both may: the later one's bytes stay. For gateways
     * that don't know {@code If-None-Match}.
     */
    CHECK_THEN_PUT
}
