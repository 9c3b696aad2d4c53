/**
 * The role {@code schema-sync}: puts the alert schemas of the catalog into the schema registry, under ids that follow
 * from their versions or that the registry assigns. One run on one event loop, reading the catalog aside. What is there
 * already is left alone and nothing is overwritten or deleted, so it may run again at any time; a failure ends the run,
 * with the subject's mode put back.
 */
package io.alertstream.schemasync;
