/**
 * The state of the whole system: what the roles of this process publish on the bus, and what Kafka knows about all
 * roles. Everything runs on the server's event loop. Kafka is polled only while someone is watching, and for a while
 * after. A failed request leaves its figures unknown; the server continues.
 */
package io.alertstream.server.overview;
