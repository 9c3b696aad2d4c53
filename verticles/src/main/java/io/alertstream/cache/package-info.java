/**
 * Caches of what is read from elsewhere and never changes. Safe to use from any thread; a Future completes on its
 * caller's context. A failure reaches those who wait for the load and is forgotten.
 */
package io.alertstream.cache;
