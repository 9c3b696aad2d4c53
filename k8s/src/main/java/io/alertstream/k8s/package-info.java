/**
 * Reads the manifests as an API server would, and holds them against each other, against the program and against
 * Terraform; all of it is tests, and nothing talks to a cluster. Rendering needs {@code kubectl} (or {@code kustomize}) on
 * the PATH; without it those tests are skipped, and say so.
 *
 * <p>This file stands among the main sources because Jib, which builds the image from this module, wants a directory of
 * compiled classes, if an empty one.
 */
package io.alertstream.k8s;
