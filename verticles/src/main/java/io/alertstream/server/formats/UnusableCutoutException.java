package io.alertstream.server.formats;

/** A cutout that isn't usable as FITS or as an image. The message says why, and may be shown to clients. */
public final class UnusableCutoutException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnusableCutoutException(String message) {
        super(message);
    }
}
