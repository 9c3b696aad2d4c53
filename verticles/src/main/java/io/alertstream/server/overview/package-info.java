/**
 * The whole system as the server sees it, for whoever looks: what the roles of this process tell on the bus, and what
 * Kafka tells of all of them. Everything happens on the server's event loop. Kafka is asked only while somebody looks
 * or just did; what it doesn't answer is unknown, and the server goes on without.
 */
package io.alertstream.server.overview;
