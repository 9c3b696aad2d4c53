/**
 * What is tested: the addresses, and how to connect to Kafka, from environment variables with the same names as in the
 * system itself. By default everything is on this machine.
 */
package io.alertstream.loadtest.target;
