package io.alertstream.replayer;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that stands still until a test moves it. */
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

    /** Lets time pass, and makes the calls that fall into it, each at its time. */
    void pass(Duration time) {
        long end = nanos + time.toNanos();
        while (!calls.isEmpty() && calls.peek().nanos() <= end) {
            Call call = calls.poll();
            nanos = Math.max(nanos, call.nanos());
            call.task().run();
        }
        nanos = end;
    }

    /** How many calls wait. */
    int waiting() {
        return calls.size();
    }
}
