/**
 * Settings: names, defaults and formats, read from the environment, a ConfigMap and a file. A setting with a type of
 * its own is declared by the room that owns the type. Everything here is immutable and thread-safe, except for
 * reading the sources at start. Invalid settings end the process with exit status 2 after all problems have been
 * reported.
 */
package io.alertstream.settings;
