/**
 * The role {@code schema-sync}: puts the alert schemas of the catalog into the schema registry, under ids that follow
 * from their versions or that the registry assigns. One run on one event loop; the catalog is read on a worker.
 * Existing schemas are kept and nothing is overwritten or deleted, so it may run again at any time. A failure ends
 * the run after restoring the subject's mode.
 */
package io.alertstream.schemasync;
