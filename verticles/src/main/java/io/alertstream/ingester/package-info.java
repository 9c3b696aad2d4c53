/**
 * The ingester: archives every alert of its topics, and the schemas they use. Messages come from a consumer
 * group on the verticle's context; reading ids and compressing runs on the pool named {@code cpu}, storing on that of
 * the
 * store. An offset is committed when each message before it is durable: in the archive or, where it can't be
 * archived, in
 * the dead-letter topic. Failures that time or an operator resolves are retried without limit, and consumption pauses
 * meanwhile.
 */
package io.alertstream.ingester;
