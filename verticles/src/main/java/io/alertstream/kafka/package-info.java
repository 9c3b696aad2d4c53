/**
 * Clients of Kafka and its topics: the only room that names Kafka's classes. Results come back on the caller's Vert.x
 * context; Kafka's threads never run code of other rooms. A failed Future says what was asked of which topic. A broker that
 * is away for a while is waited for; a refusal fails at once.
 *
 * <p>Producers are streams of vertx-kafka-client. Consumers and administration use Kafka's own client, since the wrapper
 * loses errors there: docs/decisions/0014-vertx-kafka-client.md has the evidence.
 */
package io.alertstream.kafka;
