/**
 * The load test: a client of Kafka and HTTP that measures what a cluster carries. All it shares with the system is what
 * an alert is.
 */
package io.alertstream.loadtest;
