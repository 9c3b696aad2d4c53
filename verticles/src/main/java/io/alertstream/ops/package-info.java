/**
 * What operators see of a process: live, ready, metrics. One HTTP server on {@code OPS_PORT}, on an event loop of its
 * own; a check that fails or takes too long makes the process not ready and is named in the answer.
 */
package io.alertstream.ops;
