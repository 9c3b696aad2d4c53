/**
 * The journal of a replay: which visits it made and which faults it put into them, one JSON line a message, in a topic of
 * one partition. Lines of a fault are durable before the fault is published, so that whoever reads the journal knows at
 * least what a consumer of the stream can have met. The replayer writes it, the scorekeeper reads it.
 */
package io.alertstream.journal;
