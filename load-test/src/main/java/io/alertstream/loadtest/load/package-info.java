/**
 * The work itself: publishing, consuming, following, reading. Each kind runs on its own threads and reports to a meter;
 * failures are counted by reason and the run continues, except at the start, where they end the run.
 */
package io.alertstream.loadtest.load;
