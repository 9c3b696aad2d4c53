/**
 * The audit: reads the topics again, up to their ends as of its start, and compares each message with what the archive
 * holds. It looks at the archive alone, its schemas too, and asks no registry. Many comparisons run side by side, their
 * CPU work on the pool named {@code cpu}. What it finds wrong is listed, and makes the job fail. A store or broker that goes
 * away is waited for; what waiting doesn't help against makes the job fail as well, in other words.
 *
 * <p>Memory: 32 MB of messages under way, 50 MB of digests of alerts already seen, and a third of the heap for digests of
 * dead letters; if there are more of those, the audit says so and ends.
 */
package io.alertstream.audit;
