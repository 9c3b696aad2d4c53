/**
 * Retries: when to try again, how long to wait, and what an operator reads meanwhile. Attempts run on the caller's thread
 * and on the event loop whose timer started them; nothing here blocks. A failed call returns the failure of its last
 * attempt.
 */
package io.alertstream.retry;
