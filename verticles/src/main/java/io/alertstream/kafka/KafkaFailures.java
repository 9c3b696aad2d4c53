package io.alertstream.kafka;

import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Translates Kafka's exceptions into those of this room, with the names of the settings involved. */
final class KafkaFailures {

    private static final Logger log = LoggerFactory.getLogger(KafkaFailures.class);

    private final KafkaSettings settings;

    KafkaFailures(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * The exception for a failure.
     *
     * @param what was asked for, such as {@code reading alerts-static}
     */
    RuntimeException of(String what, Throwable failure) {
        Throwable cause = unwrapped(failure);
        if (isOutOfMemory(cause)) {
            // Logging the error ends the process; callers would take the exception for a temporary one.
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

    /** Includes the causes: for an unknown host, Kafka's own message says only that the client can't be created. */
    private static String reason(Throwable cause) {
        String words = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        Throwable next = cause.getCause();
        if (next == null || next == cause || words.contains(String.valueOf(next.getMessage()))) {
            return words;
        }
        return words + ": " + reason(next);
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
