/**
 * Replays the static topic's visit into the replay topic, at a fixed rate. Everything runs on the verticle's event loop;
 * Kafka's clients work on threads of their own. {@link io.alertstream.replayer.Replayer} decides what happens when,
 * {@link io.alertstream.replayer.VisitReplay} copies one visit, and {@link io.alertstream.replayer.StagedVisit} makes its
 * alerts new or breaks them, if that is asked for. A visit that can't be replayed whole is reported and never
 * counted, and the next one is tried on schedule; only a refusal by Kafka (authentication, authorization) ends the process.
 */
package io.alertstream.replayer;
