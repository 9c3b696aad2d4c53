/**
 * What is tested: the addresses, and how Kafka is spoken to, from environment variables under the names that the system
 * itself uses. Everything is on this machine unless said otherwise.
 */
package io.alertstream.loadtest.target;
