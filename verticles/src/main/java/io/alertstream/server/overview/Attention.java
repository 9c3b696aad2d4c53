package io.alertstream.server.overview;

import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/** Whether anyone is watching the system. Kafka is polled as long as someone is, and for a while longer. Immutable. */
sealed interface Attention {

    /** Someone asked for the state once. */
    Attention looked(long now);

    /** From now on this listener receives each state, in place of any previous listener. */
    default Attention followed(Consumer<JsonObject> listener) {
        return new Following(listener);
    }

    /** The listener left. */
    Attention unfollowed(long now);

    /** Time passed. */
    Attention ticked(long now);

    /** Whether the system is observed at all. */
    boolean isAwake();

    /** Passes a state to the listener, if there is one. */
    void send(JsonObject state);

    /** No one is watching. */
    record Idle() implements Attention {

        @Override
        public Attention looked(long now) {
            return new Lingering(now);
        }

        @Override
        public Attention unfollowed(long now) {
            return this;
        }

        @Override
        public Attention ticked(long now) {
            return this;
        }

        @Override
        public boolean isAwake() {
            return false;
        }

        @Override
        public void send(JsonObject state) {
            // Nobody listens.
        }
    }

    /** The state was requested a moment ago. A page without scripts requests it again after a few seconds. */
    record Lingering(long lookedAt) implements Attention {

        private static final long LINGER_MILLIS = 15_000;

        @Override
        public Attention looked(long now) {
            return new Lingering(now);
        }

        @Override
        public Attention unfollowed(long now) {
            return this;
        }

        @Override
        public Attention ticked(long now) {
            return now - lookedAt > LINGER_MILLIS ? new Idle() : this;
        }

        @Override
        public boolean isAwake() {
            return true;
        }

        @Override
        public void send(JsonObject state) {
            // Nobody listens.
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
        public Attention ticked(long now) {
            return this;
        }

        @Override
        public boolean isAwake() {
            return true;
        }

        @Override
        public void send(JsonObject state) {
            listener.accept(state);
        }
    }
}
