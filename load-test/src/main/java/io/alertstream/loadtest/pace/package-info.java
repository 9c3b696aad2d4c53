/**
 * When operations are due. The schedule is an open loop, it doesn't wait for answers: an operation that is late because
 * the system or the load test was busy still has its latency counted from when it was due.
 */
package io.alertstream.loadtest.pace;
