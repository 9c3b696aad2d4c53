/**
 * The audit: reads the topics again, up to the ends they had when it started, and compares each message with the archive.
 * It takes schemas from the archive and never asks a registry. Messages are compared concurrently, with the CPU work on the
 * pool named {@code cpu}. Findings are logged and fail the job. If the store or the broker becomes unavailable, the audit
 * waits; if waiting can't help, the job fails with a message that says so.
 *
 * <p>Memory: 32 MB for messages in flight, 50 MB for digests of alerts already found in the archive, and up to a third of
 * the heap for digests of dead letters. If there are more dead letters, the audit fails and says what to do.
 */
package io.alertstream.audit;
