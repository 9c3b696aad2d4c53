package io.alertstream;

/** Failures as shown to operators. */
final class Failure {

    private Failure() {}

    /** The failure's message if it has one; for a bug also its class. */
    static String message(Throwable failure) {
        if (failure.getMessage() == null
                || failure instanceof NullPointerException
                || failure instanceof ClassCastException) {
            return failure.toString();
        }
        return failure.getMessage();
    }
}
