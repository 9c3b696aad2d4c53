/** Counts and times, from any thread, what falls into the measured part of a run. */
package io.alertstream.loadtest.measure;
