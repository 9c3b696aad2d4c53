/**
 * When things are due. The schedule doesn't wait for answers (it is an open loop): what comes late because the system, or
 * the tester, was busy is late by that much, and its latency counts from when it was due.
 */
package io.alertstream.loadtest.pace;
