/**
 * What a cluster has around it, in this process: a real Kafka broker and a schema registry. Only Main and tests come in
 * here. The broker runs on threads of its own; starting and closing it block. If it stops by itself, on a full disk for
 * instance, the process is told and not ended.
 */
package io.alertstream.local;
