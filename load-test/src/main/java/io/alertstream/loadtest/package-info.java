/**
 * The load test: a client of Kafka and HTTP that finds out what a cluster carries. It shares with the system only what an
 * alert is.
 */
package io.alertstream.loadtest;
