/**
 * Replays the static topic's visit into the replay topic, at a fixed rate. Everything runs on the verticle's event
 * loop; Kafka's clients work on threads of their own. {@link io.alertstream.replayer.Replayer} decides what happens
 * when, {@link io.alertstream.replayer.VisitReplay} copies one visit, and {@link io.alertstream.replayer.StagedVisit}
 * gives its alerts new identities or faults, if configured. A visit that can't be replayed completely is reported and
 * never counted, and the next one is tried on schedule; only a refusal by Kafka (authentication, authorization) ends
 * the process.
 */
package io.alertstream.replayer;
