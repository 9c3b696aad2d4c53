/**
 * The event bus: facts are small immutable records that stay within the process. Handlers run on the context that
 * subscribed. A fact without a listener is dropped.
 */
package io.alertstream.bus;
