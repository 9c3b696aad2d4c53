package io.alertstream.score;

/** The broker failed, or the scorekeeper can't say whether it did. */
public final class ScoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ScoreException(String message) {
        super(message);
    }
}
