package io.alertstream.storage.file;

import io.alertstream.storage.StoreException;
import io.alertstream.storage.StoreException.Remedy;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Interprets a file system's failure: what an operator should do, and whether retrying helps. */
final class FileFailures {

    private FileFailures() {}

    static StoreException of(Path root, String doing, IOException failure) {
        String message = "file store " + root + ": can't " + doing + ": " + explain(failure);
        return new StoreException(remedy(failure), message, failure);
    }

    private static String explain(IOException failure) {
        if (failure instanceof NoSuchFileException e) {
            return e.getFile() + " doesn't exist; mount or create the store's directory, or correct ALERT_STORE and"
                    + " SCHEMA_STORE";
        }
        if (failure instanceof AccessDeniedException e) {
            return e.getFile() + " denies access to the user of this process; change its permissions";
        }
        String message = message(failure);
        boolean full = message.contains("No space left") || message.contains("quota exceeded");
        return full ? message + "; free space on its disk" : message;
    }

    private static String message(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** Some are transient: the process is stopping, or has too many files open at the moment. */
    private static Remedy remedy(IOException failure) {
        boolean passing = failure instanceof ClosedByInterruptException
                || message(failure).contains("Too many open files");
        return passing ? Remedy.RETRY : Remedy.OPERATOR;
    }
}
