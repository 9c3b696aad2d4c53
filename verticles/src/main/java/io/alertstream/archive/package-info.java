/**
 * Alerts and schemas by id, on two object stores: object names in both layouts, gzip, and write-once semantics.
 * Compression and comparison run on the pool named {@code cpu}, one thread per core; Futures complete on the caller's
 * context. A store's failure is passed on unchanged and not retried here, since callers know whether to wait.
 */
package io.alertstream.archive;
