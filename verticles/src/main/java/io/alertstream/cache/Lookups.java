package io.alertstream.cache;

/** Counts how lookups are answered. Called on any thread. */
public interface Lookups {

    /** Counts nothing. */
    Lookups UNCOUNTED = new Lookups() {
        @Override
        public void cached() {}

        @Override
        public void shared() {}

        @Override
        public void loaded() {}
    };

    /** The value was in memory. */
    void cached();

    /** The value was being loaded for someone else. */
    void shared();

    /** The value had to be loaded. */
    void loaded();
}
