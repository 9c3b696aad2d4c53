package io.alertstream.server.limits;

/** A budget of bytes held at the same time. Used on one event loop. */
public final class ByteBudget {

    private final long max;
    private long taken;

    public ByteBudget(long max) {
        this.max = max;
    }

    /** Takes this many bytes, or none if the budget doesn't allow them. A request on its own always fits. */
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
