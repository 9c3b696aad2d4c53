/**
 * The entry point: from {@code ROLE} to settings to deployed verticles, in order, and back in reverse. Main's thread
 * waits; everything else runs on Vert.x' event loops. What can't start ends the process with a message that says what to
 * change.
 */
package io.alertstream;
