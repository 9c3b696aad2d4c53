/**
 * The journal of a replay: which visits it made and which faults it put into them, one JSON line per message, in a
 * topic of one partition. A fault's line is durable before the fault is published, so the journal has every fault that
 * a consumer of the stream can have seen. The replayer writes it, the scorekeeper reads it.
 */
package io.alertstream.journal;
