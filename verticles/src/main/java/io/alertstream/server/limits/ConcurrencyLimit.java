package io.alertstream.server.limits;

import io.vertx.core.Future;
import java.util.function.Supplier;

/** Refuses work beyond a number of calls at a time. Used on one event loop. */
public final class ConcurrencyLimit {

    private final int max;
    private final String refusal;
    private int running;

    /**
     * @param refusal why a call is refused, for logs
     */
    public ConcurrencyLimit(int max, String refusal) {
        this.max = max;
        this.refusal = refusal;
    }

    /** The call's outcome; fails with an {@link OverloadedException} if as many calls as allowed are running. */
    public <T> Future<T> run(Supplier<Future<T>> call) {
        if (running >= max) {
            return Future.failedFuture(new OverloadedException(max + " " + refusal));
        }
        running++;
        return call.get().onComplete(ended -> running--);
    }
}
