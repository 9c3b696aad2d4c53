package io.alertstream.local;

/** The embedded broker can't start, or stopped by itself; the message says why and what to do. */
public final class BrokerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What is wrong, so that whoever knows the settings can name the one to change. */
    public enum Problem {
        /** Another program listens on the plaintext port. */
        PLAINTEXT_PORT_IN_USE,
        /** Another program listens on the SCRAM port. */
        SCRAM_PORT_IN_USE,
        /** The directory can't be made, read or written. */
        DIRECTORY_UNUSABLE,
        /** Another process, or another broker of this one, uses the directory. */
        DIRECTORY_IN_USE,
        /** The directory holds something else than this broker's log, or a log that it can't read. */
        DIRECTORY_FOREIGN,
        /** Anything else: a disk that is full or failed, a bug. */
        FAILED
    }

    private final Problem problem;

    BrokerException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    BrokerException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
