package io.alertstream.ops;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.function.Consumer;

/**
 * Finds every OutOfMemoryError that is logged with a stack trace. Libraries catch Throwable on their threads and
 * continue, and the log is the only place where all such errors show.
 */
final class OutOfMemoryFilter extends Filter<ILoggingEvent> {

    /** Limit of the cause chain, which may be circular. */
    private static final int MAX_CAUSES = 20;

    private final Consumer<OutOfMemoryError> onError;

    OutOfMemoryFilter(Consumer<OutOfMemoryError> onError) {
        this.onError = onError;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (event.getThrowableProxy() instanceof ThrowableProxy logged) {
            Throwable failure = logged.getThrowable();
            for (int i = 0; i < MAX_CAUSES && failure != null; i++) {
                if (failure instanceof OutOfMemoryError error) {
                    onError.accept(error);
                    return FilterReply.NEUTRAL;
                }
                failure = failure.getCause();
            }
        }
        return FilterReply.NEUTRAL;
    }
}
