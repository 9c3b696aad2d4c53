package io.alertstream.ops;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;

/**
 * Drops warnings of Kafka's clients that are expected while a loader recreates the static topic. Readers without a
 * group compare topic ids themselves, restart with the new topic and log one line of their own.
 */
final class ExpectedWarnings extends Filter<ILoggingEvent> {

    private static final String CLIENTS = "org.apache.kafka.clients.";

    /** Part of every message of a client without a consumer group. */
    private static final String READER = "groupId=null]";

    private static final List<String> EXPECTED = List.of(
            "Received unknown topic or partition error in fetch",
            "Received unknown topic ID error in fetch",
            "Received inconsistent topic ID error in fetch",
            "The metadata response from the cluster reported a recoverable issue");

    @Override
    public FilterReply decide(ILoggingEvent event) {
        return event.getLevel() == Level.WARN
                        && event.getLoggerName().startsWith(CLIENTS)
                        && isExpected(event.getFormattedMessage())
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    private static boolean isExpected(String message) {
        return message.contains(READER) && EXPECTED.stream().anyMatch(message::contains);
    }
}
