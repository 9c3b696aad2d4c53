/**
 * Clients of Kafka and its topics: the only room that names Kafka's classes. Futures complete on the caller's Vert.x
 * context; Kafka's own threads never run code of other rooms. A failed Future says what was asked of which topic.
 */
package io.alertstream.kafka;
