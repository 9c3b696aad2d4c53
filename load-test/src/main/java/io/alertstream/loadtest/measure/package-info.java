/** Counting and timing, by any thread, of what falls into the measured part of a run. */
package io.alertstream.loadtest.measure;
