/**
 * What an alert is: its schemas and their catalog, the wire format, ids, and files of alerts. Everything here blocks or
 * computes on the caller's thread; nothing knows Vert.x or Kafka.
 */
package io.alertstream.avro;
