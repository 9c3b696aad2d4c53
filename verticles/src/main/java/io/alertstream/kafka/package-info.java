/**
 * Clients of Kafka and its topics: the only room that uses Kafka's classes. Results come back on the caller's Vert.x
 * context; Kafka's threads never run code of other rooms. A failed Future names the request and the topic. A
 * temporarily unavailable broker is waited for; a refusal fails at once.
 *
 * <p>Producers are streams of vertx-kafka-client. Consumers and administration use Kafka's own client, since the
 * wrapper loses errors there: docs/decisions/0012-vertx-kafka-client.md has the evidence.
 */
package io.alertstream.kafka;
