package io.alertstream.server.formats;

/** A cutout's bytes aren't what FITS or a picture can be made of; the message says why, and may be shown to clients. */
public final class UnusableCutoutException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableCutoutException(String message) {
        super(message);
    }
}
