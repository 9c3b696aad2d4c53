package io.alertstream.loadtest.target;

import java.util.List;

/** Settings that can't be used, all of them at once. */
public final class InvalidTargetsException extends RuntimeException {

    InvalidTargetsException(List<String> problems) {
        super("settings can't be used:\n  " + String.join("\n  ", problems));
    }
}
