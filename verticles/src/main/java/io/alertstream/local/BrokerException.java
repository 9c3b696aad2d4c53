package io.alertstream.local;

/** The embedded broker can't start, or has stopped by itself. The message says why and what to do. */
public final class BrokerException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** The kind of problem, from which the caller names the setting to change. */
    public enum Problem {
        /** Another program listens on the plaintext port. */
        PLAINTEXT_PORT_IN_USE,
        /** Another program listens on the SCRAM port. */
        SCRAM_PORT_IN_USE,
        /** The directory can't be created, read or written. */
        DIRECTORY_UNUSABLE,
        /** Another process, or another broker of this process, uses the directory. */
        DIRECTORY_IN_USE,
        /** The directory contains other files than this broker's log, or a log that it can't read. */
        DIRECTORY_FOREIGN,
        /** Anything else, such as a full or failed disk, or a bug. */
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
