/**
 * The archive as the server reads it: cached, verified, retried and decoded. Called on the server's event loop; stores
 * are read on their own pool, and gzip and Avro run on the pool for CPU work. A failure reaches its callers and is
 * never cached.
 */
package io.alertstream.server.reading;
