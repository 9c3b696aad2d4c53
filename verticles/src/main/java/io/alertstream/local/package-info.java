/**
 * The services of a cluster in this process: a real Kafka broker and a schema registry. Only the entry point and
 * tests use this room. The broker runs on threads of its own; starting and closing it block. If it stops by itself,
 * on a full disk for instance, its owner is notified and the process isn't ended.
 */
package io.alertstream.local;
