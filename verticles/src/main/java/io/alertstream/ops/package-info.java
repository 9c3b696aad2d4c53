/**
 * What operators see of a process: liveness, readiness, metrics and logs. One HTTP server on {@code OPS_PORT}, on an
 * event loop of its own. A check that fails or takes too long makes the process not ready, and is named in the
 * response.
 */
package io.alertstream.ops;
