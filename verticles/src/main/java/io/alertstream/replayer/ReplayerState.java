package io.alertstream.replayer;

import io.vertx.core.Future;

/**
 * What a {@link Replayer} does at a time, and how it reacts to what happens meanwhile.
 *
 * <pre>
 *            time to look, or          a whole visit
 *            a visit was loaded        is due soon
 *  Waiting ────────────────▶ Looking ─────────────▶ Replaying
 *     ▲                        │  ▲                   │   │
 *     └──── anything else ─────┘  └─ dropped before ──┘   │
 *     ▲                              its end              │
 *     └───────────── replayed whole ──────────────────────┘
 *
 *  any of them ── stop ──▶ Stopped
 * </pre>
 */
sealed interface ReplayerState permits Replayer.Waiting, Replayer.Looking, Replayer.Replaying, ReplayerState.Stopped {

    /** Starts this state's work, once it is the current one. */
    void begin();

    /** Ends this state's work, and succeeds when it has ended. A second call does no harm. */
    Future<Void> leave();

    /** The next visit starts at another time, or visits were paused or resumed. */
    default void scheduleChanged() {}

    /** A visit was loaded. */
    default void loadAnnounced() {}

    /** Nothing new starts; what is in progress finishes. */
    record Stopped(ReplayerState last) implements ReplayerState {

        @Override
        public void begin() {}

        @Override
        public Future<Void> leave() {
            return last.leave();
        }
    }
}
