package io.alertstream.loadtest.load;

/**
 * An alert that the broker has.
 *
 * @param dueNanos when it should have been sent, on {@link System#nanoTime}
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
record Published(long id, byte[] packet, int partition, long offset, long dueNanos) {}
