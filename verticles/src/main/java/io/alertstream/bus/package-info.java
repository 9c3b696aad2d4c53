/**
 * The event bus: its addresses and its messages. Facts and commands are small immutable records that stay within the
 * process; handlers run on the context that subscribed; a fact that nobody hears is gone, and nothing breaks.
 */
package io.alertstream.bus;
