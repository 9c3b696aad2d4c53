/**
 * The scorekeeper: compares what a replay published with what a broker delivered. It reads the journal, then the replay
 * topic and those of new major versions up to the ends they had at the start, then the broker's output, and reports for
 * each visit which alerts were delivered, missing, duplicated, late or wrongly accepted, and which of the journal's
 * faults were published as announced. Digests are computed and files read on the pool named {@code score}, everything
 * else happens on the verticle's event loop. Any mistake of the broker fails the job.
 *
 * <p>Memory: 18 bytes per alert and half as much again while the table grows, at most a third of the heap; 3 KB per
 * visit; 300 bytes per announced fault, of which there may be half a million; 8 bytes per alert of a visit with a stop.
 * If there are more alerts, visits or faults, the job fails and says what to do.
 */
package io.alertstream.score;
