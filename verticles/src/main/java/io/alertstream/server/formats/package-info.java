/**
 * Representations of an alert other than its bytes: Avro container files, JSON, FITS and pictures. Plain functions of a
 * decoded alert, for the pool of the CPU; what can't be represented is left out and said so, or fails with a message that
 * clients may read.
 */
package io.alertstream.server.formats;
