/**
 * Alerts and schemas by id, on two object stores: names of objects in both layouts, gzip, and what write-once means.
 * Compression and comparison run on the pool named {@code cpu}, one thread a core; Futures complete on the caller's
 * context. A store's failure is passed on as it is: this room doesn't try again, since its callers know whether to wait.
 */
package io.alertstream.archive;
