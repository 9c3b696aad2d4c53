package io.strimzi.crdgenerator.annotations;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * Stands in for Strimzi's annotation, which its API classes carry and whose jar isn't published: with a class of this
 * name on the class path, the JVM lets tests see in which versions of the API a field exists.
 */
@Retention(RetentionPolicy.RUNTIME)
public @interface PresentInVersions {
    /** Such as {@code v1beta2}, {@code v1alpha1-v1beta2} or {@code v1beta2+}. */
    String value();
}
