/**
 * A schema registry within this process that speaks Confluent's REST interface and keeps its state in a compacted
 * topic,
 * in the record format of Confluent's registry, so that either can take over from the other. Requests and state
 * belong to
 * one event loop; schemas are parsed and compared on the CPU pool. A write is acknowledged when Kafka has it. After a
 * write whose outcome is unknown, the registry reads the topic again before it decides anything else. The topic must
 * have no other writer at the same time.
 */
package io.alertstream.local.registry;
