/**
 * What this machine and this cluster give at this moment without any of our code: Kafka's own performance tools, and
 * loops that do nothing but compress, store and read. Every figure of ours is a fraction of one of these.
 */
package io.alertstream.loadtest.baseline;
