/**
 * Settings: their names, defaults and forms in one catalog ({@link io.alertstream.settings.Settings}), read from the
 * environment, a ConfigMap and a file. Everything here is immutable and belongs to no thread, but for reading the
 * sources at start. Unusable settings end the process with exit status 2, all their problems at once.
 */
package io.alertstream.settings;
