/**
 * The server: the archive over HTTP. One event loop answers; stores are read on their own pool, and decompression runs
 * on the pool for CPU work. What clients can make it hold is bounded: connections, sizes, time, rate and bytes. A store
 * that can't be reached is 503 to clients and not ready to operators, and ends when the store is back.
 */
package io.alertstream.server;
