/**
 * Reads the manifests as an API server would, and compares them with each other, with the program and with Terraform.
 * Everything is tests, and nothing talks to a cluster. Rendering needs {@code kubectl} (or {@code kustomize}) on the
 * PATH; without it those tests are skipped, and say so.
 *
 * <p>This file is among the main sources because Jib, which builds the image from this module, needs a directory of
 * compiled classes, even an empty one.
 */
package io.alertstream.k8s;
