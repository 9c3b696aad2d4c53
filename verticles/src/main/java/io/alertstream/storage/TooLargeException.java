package io.alertstream.storage;

import java.io.IOException;

/** The content read is larger than any object may be. */
public final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    public TooLargeException(int maxBytes) {
        super("more than " + maxBytes + " bytes");
    }
}
