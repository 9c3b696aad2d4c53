package io.alertstream.loadtest.measure;

/** The measured part of a run, after its warm-up, on {@link System#nanoTime}. */
public final class Window {

    private volatile boolean begun;
    private volatile long startNanos;
    private volatile boolean ended;
    private volatile long endNanos;

    /** What is due from this moment on is measured. */
    public void begin(long nanos) {
        startNanos = nanos;
        begun = true;
    }

    /** What is due from this moment on is no longer measured. */
    public void end(long nanos) {
        endNanos = nanos;
        ended = true;
    }

    /** Nanoseconds since the end of the warm-up; negative while it lasts. */
    public long sinceBegin(long nanos) {
        return begun ? nanos - startNanos : -1;
    }

    /** Whether an operation due then is measured. */
    public boolean holds(long dueNanos) {
        return sinceBegin(dueNanos) >= 0 && !(ended && dueNanos - endNanos >= 0);
    }

    long startNanos() {
        return startNanos;
    }

    /** Its end, or now while it lasts. */
    long endNanos() {
        return ended ? endNanos : System.nanoTime();
    }
}
