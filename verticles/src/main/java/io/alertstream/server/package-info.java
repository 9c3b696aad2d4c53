/**
 * The server: the archive over HTTP. One event loop answers; stores are read on their own pool, and decompression
 * runs on the pool for CPU work. Whatever clients can make the server hold is bounded: connections, sizes, time, rate
 * and bytes. While the store is unavailable, clients get 503 and the readiness check fails; both recover with the
 * store.
 */
package io.alertstream.server;
