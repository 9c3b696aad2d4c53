/**
 * Caches of immutable values that are loaded from elsewhere. Thread-safe; a Future completes on its caller's context. A
 * failure is reported to the load's waiters and not cached.
 */
package io.alertstream.cache;
