/**
 * The ingester: takes every alert of its topics into the archive, and the schemas they use. Messages come from a consumer
 * group on the verticle's context; reading ids and compressing runs on the pool named {@code cpu}, storing on that of the
 * store. An offset is committed when each message before it is durable: in the archive or, where it can't be archived, in
 * the dead-letter topic. What time or an operator can mend is tried again for as long as it takes, and meanwhile nothing
 * more is read.
 */
package io.alertstream.ingester;
