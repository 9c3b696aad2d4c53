/**
 * Representations of an alert other than its bytes: Avro container files, JSON, FITS and pictures. Plain functions of
 * a decoded alert, for the CPU pool. What can't be represented is omitted with a note, or fails with a message for
 * the client.
 */
package io.alertstream.server.formats;
