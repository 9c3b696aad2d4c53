package io.alertstream.server.overview;

import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/** Whether anyone is watching the system. Kafka is polled as long as someone is, and for a while longer. Immutable. */
sealed interface Attention {

    /** Someone asked for the state once. */
    default Attention looked(long now) {
        return new Lingering(now);
    }

    /** From now on this listener receives each state, in place of any previous listener. */
    default Attention followed(Consumer<JsonObject> listener) {
        return new Following(listener);
    }

    /** The listener left. */
    default Attention unfollowed(long now) {
        return this;
    }

    /** Time passed. */
    default Attention ticked(long now) {
        return this;
    }

    /** Whether the system is observed at all. */
    default boolean isAwake() {
        return true;
    }

    /** Passes a state to the listener, if there is one. */
    default void send(JsonObject state) {}

    /** No one is watching. */
    record Idle() implements Attention {

        @Override
        public boolean isAwake() {
            return false;
        }
    }

    /** The state was requested a moment ago. A page without scripts requests it again after a few seconds. */
    record Lingering(long lookedAt) implements Attention {

        private static final long LINGER_MILLIS = 15_000;

        @Override
        public Attention ticked(long now) {
            return now - lookedAt > LINGER_MILLIS ? new Idle() : this;
        }
    }

    /** A listener gets each state. */
    record Following(Consumer<JsonObject> listener) implements Attention {

        @Override
        public Attention looked(long now) {
            return this;
        }

        @Override
        public Attention unfollowed(long now) {
            return new Lingering(now);
        }

        @Override
        public void send(JsonObject state) {
            listener.accept(state);
        }
    }
}
