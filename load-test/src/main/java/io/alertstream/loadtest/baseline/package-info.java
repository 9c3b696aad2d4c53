/**
 * What this machine and this cluster currently achieve without any of our code: Kafka's own performance tools, and
 * loops that only compress, store and read. Our figures are fractions of these.
 */
package io.alertstream.loadtest.baseline;
