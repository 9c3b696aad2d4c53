package io.alertstream.schemasync;

import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistryException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subject's mode while schemas are registered under ids of our choice, and afterwards what it was. A subject that is in
 * IMPORT by itself before we begin was left so by a run that was killed: no one else puts these subjects into that mode,
 * and whoever wants it for good sets it for the whole registry, which stays as it is.
 */
final class ImportMode {

    private static final Logger LOG = LoggerFactory.getLogger(ImportMode.class);
    private static final String IMPORT = "IMPORT";
    private static final String WRITABLE = "READWRITE";

    private final RegistryClient registry;

    ImportMode(RegistryClient registry) {
        this.registry = registry;
    }

    /** Ends what a killed run left behind. */
    Future<Void> recover(String subject) {
        return registry.mode(subject).recover(ImportMode::explain).compose(own -> {
            if (own.filter(IMPORT::equals).isEmpty()) {
                return Future.succeededFuture();
            }
            LOG.atWarn().addKeyValue("subject", subject).log("subject was left in mode IMPORT; taking that back");
            return registry.clearMode(subject);
        });
    }

    private static <T> Future<T> explain(Throwable cause) {
        boolean noSuchPath = cause instanceof RegistryException failure
                && (failure.httpStatus() == 404 || failure.httpStatus() == 204);
        return Future.failedFuture(
                noSuchPath
                        ? new SchemaSyncException(
                                "the registry doesn't seem to know modes, and without IMPORT it chooses ids itself: set"
                                        + " SCHEMA_ID=registry (" + cause.getMessage() + ")",
                                cause)
                        : cause);
    }

    /**
     * Does the work in mode IMPORT.
     *
     * @return the work's outcome, after the mode was put back; fails also if that fails
     */
    Future<Void> during(String subject, Supplier<Future<Void>> work) {
        return registry.mode(subject).compose(own -> registry.mode().compose(general -> {
            String mode = own.orElse(general);
            if (mode.equals(IMPORT)) {
                return work.get();
            }
            if (!mode.equals(WRITABLE)) {
                return Future.failedFuture(new SchemaSyncException(
                        "subject " + subject + " is in mode " + mode + " and lacks schemas: set it to " + WRITABLE));
            }
            // Also after a failure to set it: the registry may have done it all the same.
            return registry.setMode(subject, IMPORT)
                    .compose(set -> work.get())
                    .transform(outcome -> putBack(subject, own).transform(back -> {
                        if (back.succeeded()) {
                            return outcome.succeeded()
                                    ? Future.succeededFuture()
                                    : Future.failedFuture(outcome.cause());
                        }
                        SchemaSyncException left = new SchemaSyncException(
                                "subject " + subject + " may be left in mode IMPORT; the next run takes that back",
                                back.cause());
                        if (outcome.failed()) {
                            left.addSuppressed(outcome.cause());
                        }
                        return Future.failedFuture(left);
                    }));
        }));
    }

    private Future<Void> putBack(String subject, Optional<String> own) {
        return own.isPresent() ? registry.setMode(subject, own.get()) : registry.clearMode(subject);
    }
}
