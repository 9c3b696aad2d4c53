/**
 * The state of the whole system: what the roles of this process publish on the bus, and what Kafka knows of all roles.
 * Everything runs on the server's event loop. Kafka is asked only while someone watches, and for a while after. A question
 * that fails leaves its figures unknown; the server goes on.
 */
package io.alertstream.server.overview;
