/**
 * Reads the manifests as an API server would, and holds them against each other, against the program and against
 * Terraform. Nothing here talks to a cluster. Rendering needs {@code kubectl} (or {@code kustomize}) on the PATH; without
 * it those tests are skipped, and say so.
 */
package io.alertstream.k8s;
