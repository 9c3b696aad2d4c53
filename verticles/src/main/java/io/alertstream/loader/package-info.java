/**
 * Loads one visit into the static topic. Reading and encoding alerts run on the cpu pool, one batch ahead of the
 * verticle's event loop, which sends. Nothing is deleted until the whole source has been checked and its first alert
 * encoded, so a load that stops before that leaves the topic as it was. A later failure leaves a partial visit, which
 * the replayer recognizes and doesn't replay.
 */
package io.alertstream.loader;
