/**
 * Clients of Kafka and its topics: the only room that names Kafka's classes. Each client lives on a thread of its own
 * and answers on the caller's Vert.x context; Kafka's own threads never run code of other rooms. A failed Future says
 * what was asked of which topic. A broker that is away for a while is waited for; a refusal fails at once.
 *
 * <p>Kafka's own client is used as it is, not through vertx-kafka-client: that one counts bytes without a lock, hands
 * each record over by itself, polls on while a full batch waits, and tells of revoked partitions only afterwards.
 */
package io.alertstream.kafka;
