package io.alertstream.kafka;

/**
 * Authentication or authorization failed. Another attempt can't succeed until an operator changes something, so the
 * process should end with this message.
 */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * @param message the request and the topic, and the settings that name the user
     */
    public RefusedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether a failure is, or was caused by, a refusal. */
    public static boolean in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException) {
                return true;
            }
        }
        return false;
    }
}
