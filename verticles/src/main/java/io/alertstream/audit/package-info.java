/**
 * The audit: reads the topics again, up to their ends as of its start, and compares each message with what the archive
 * holds. It looks at the archive alone, its schemas too, and asks no registry. Many comparisons run side by side, their
 * CPU work on the pool named {@code cpu}; bytes under way are bounded. What it finds wrong is listed, and makes the job
 * fail; a store or broker that can't be asked makes it fail as well, and says so.
 */
package io.alertstream.audit;
