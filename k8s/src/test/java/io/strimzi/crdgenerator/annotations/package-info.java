/** An annotation of Strimzi's that isn't published. */
package io.strimzi.crdgenerator.annotations;
