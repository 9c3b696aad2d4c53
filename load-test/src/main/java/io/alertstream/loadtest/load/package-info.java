/**
 * The work itself: publishing, consuming, following, reading. Each kind runs on threads of its own and reports to a meter;
 * what fails is counted with its reason and the run goes on, except at the start, where it ends the run.
 */
package io.alertstream.loadtest.load;
