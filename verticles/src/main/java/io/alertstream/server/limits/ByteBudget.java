package io.alertstream.server.limits;

/** Bytes that may be held at a time. Used on one event loop. */
public final class ByteBudget {

    private final long max;
    private long taken;

    public ByteBudget(long max) {
        this.max = max;
    }

    /** Takes so many, or none and answers false if there aren't as many. */
    public boolean take(long bytes) {
        if (taken + bytes > max && taken > 0) {
            return false;
        }
        taken += bytes;
        return true;
    }

    public void giveBack(long bytes) {
        taken -= bytes;
    }

    long taken() {
        return taken;
    }
}
