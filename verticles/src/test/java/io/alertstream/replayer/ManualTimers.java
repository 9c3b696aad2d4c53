package io.alertstream.replayer;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that only a test advances. */
final class ManualTimers implements Timers {

    private record Call(long nanos, long number, Runnable task) {}

    private final PriorityQueue<Call> calls =
            new PriorityQueue<>(Comparator.comparingLong(Call::nanos).thenComparingLong(Call::number));
    private long nanos;
    private long numbers;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public Runnable at(long time, Runnable task) {
        Call call = new Call(Math.max(time, nanos), numbers++, task);
        calls.add(call);
        return () -> calls.remove(call);
    }

    /** Advances the clock and makes the calls that fall due, each at its time. */
    void pass(Duration time) {
        long end = nanos + time.toNanos();
        while (!calls.isEmpty() && calls.peek().nanos() <= end) {
            Call call = calls.poll();
            nanos = Math.max(nanos, call.nanos());
            call.task().run();
        }
        nanos = end;
    }

    /** The number of pending calls. */
    int waiting() {
        return calls.size();
    }
}
