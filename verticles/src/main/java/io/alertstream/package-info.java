/**
 * The entry point: reads {@code ROLE} and settings, deploys the verticles in order, and undeploys them in reverse
 * order. Main's thread waits; everything else runs on Vert.x event loops. If something can't start, the process ends
 * with a message that says what to change.
 */
package io.alertstream;
