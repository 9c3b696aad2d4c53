/**
 * The scorekeeper: compares what a replay published with what a broker delivered. It reads the journal, then the replay
 * topic and those of new major versions up to the ends they had at the start, then the broker's output, and reports for
 * each visit which alerts were delivered, missing, duplicated, late or wrongly accepted. Digests and ids are computed
 * on the pool named {@code score}, everything else on the verticle's event loop. Any fault of the broker fails the job.
 *
 * <p>Memory: 18 bytes per alert and half as much again while the table grows, at most a third of the heap; 2 KB per
 * visit. If there are more alerts, the job fails and says what to do.
 */
package io.alertstream.score;
