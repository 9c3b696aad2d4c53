package io.alertstream;

/** How a failure is told to people. */
final class Failure {

    private Failure() {}

    /** The failure's own message where it has one; a bug's class as well. */
    static String message(Throwable failure) {
        if (failure.getMessage() == null
                || failure instanceof NullPointerException
                || failure instanceof ClassCastException) {
            return failure.toString();
        }
        return failure.getMessage();
    }
}
