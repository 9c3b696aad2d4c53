package io.alertstream.kafka;

import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns Kafka's exceptions into those that other rooms know, in words that name the settings. */
final class KafkaFailures {

    private static final Logger log = LoggerFactory.getLogger(KafkaFailures.class);

    private final KafkaSettings settings;

    KafkaFailures(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * A failure in our words.
     *
     * @param what was asked for, such as {@code reading alerts-static}
     */
    RuntimeException of(String what, Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (isOutOfMemory(cause)) {
            // Logged with its cause, which ends the process: callers see an exception that time may mend.
            log.error("out of memory while {}", what, cause);
        }
        if (cause instanceof TopicChangedException
                || cause instanceof MessageTooLargeException
                || cause instanceof KafkaClientException
                || cause instanceof RefusedException) {
            return (RuntimeException) cause;
        }
        String words = what + " at " + settings.bootstrapServers() + ": " + reason(cause);
        if (cause instanceof RecordTooLargeException) {
            return new MessageTooLargeException(words, cause);
        }
        return isRefusal(cause)
                ? new RefusedException(words + " (" + identity() + ")", cause)
                : new KafkaClientException(words, cause);
    }

    static Throwable unwrapped(Throwable failure) {
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && failure.getCause() != null ? unwrapped(failure.getCause()) : failure;
    }

    private static boolean isOutOfMemory(Throwable cause) {
        return cause != null && (cause instanceof OutOfMemoryError || isOutOfMemory(cause.getCause()));
    }

    private static boolean isRefusal(Throwable cause) {
        return cause != null
                && (cause instanceof AuthenticationException
                        || cause instanceof AuthorizationException
                        || isRefusal(cause.getCause()));
    }

    /** With what is behind it: Kafka's own words for a wrong name of a host say only that a client can't be made. */
    private static String reason(Throwable cause) {
        String words = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        Throwable behind = cause.getCause();
        if (behind == null || behind == cause || words.contains(String.valueOf(behind.getMessage()))) {
            return words;
        }
        return words + ": " + reason(behind);
    }

    private String identity() {
        KafkaSecurity security = settings.security();
        String user =
                settings.username().map(name -> ", KAFKA_USERNAME=" + name).orElse("");
        String certificate =
                settings.certFile().map(file -> ", KAFKA_CERT_FILE=" + file).orElse("");
        return "KAFKA_SECURITY=" + security.toString().toLowerCase(Locale.ROOT).replace('_', '-') + user + certificate;
    }
}
