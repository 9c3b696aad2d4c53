/**
 * Loads one visit into the static topic. Reading and encoding alerts run on the cpu pool, one batch ahead of the
 * verticle's event loop, which sends. Nothing is deleted before the whole source was checked and its first alert encoded,
 * and a load that is stopped before that leaves the topic as it was. A failure after that leaves part of a visit, which the
 * replayer recognizes and doesn't replay.
 */
package io.alertstream.loader;
