package io.alertstream.schemasync;

import io.alertstream.registry.RegistryClient;
import io.alertstream.registry.RegistryException;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets a subject's mode to IMPORT while schemas are registered under chosen ids, and restores it. A subject without a
 * mode of its own is left as the survey's job leaves it: the shared subject in READWRITE, the others without a mode. A
 * subject found in IMPORT was left that way by a killed run: no one else uses that mode for these subjects, and an
 * operator who wants it permanently sets it for the whole registry, which isn't changed.
 */
final class ImportMode {

    private static final Logger LOG = LoggerFactory.getLogger(ImportMode.class);
    private static final String IMPORT = "IMPORT";
    private static final String WRITABLE = "READWRITE";

    private final RegistryClient registry;

    ImportMode(RegistryClient registry) {
        this.registry = registry;
    }

    /** Restores a subject that a killed run left in IMPORT. */
    Future<Void> recover(Subject subject) {
        return registry.mode(subject.name()).recover(ImportMode::explain).compose(own -> {
            if (own.filter(IMPORT::equals).isEmpty()) {
                return Future.succeededFuture();
            }
            LOG.atWarn()
                    .addKeyValue("subject", subject)
                    .log("subject left in mode IMPORT by an earlier run, restoring its mode");
            return restore(subject, Optional.empty());
        });
    }

    private static <T> Future<T> explain(Throwable cause) {
        boolean noSuchPath = cause instanceof RegistryException failure
                && (failure.httpStatus() == 404 || failure.httpStatus() == 204);
        return Future.failedFuture(
                noSuchPath
                        ? new SchemaSyncException(
                                "the registry doesn't seem to support modes, and outside IMPORT it assigns ids itself: set"
                                        + " SCHEMA_ID=registry (" + cause.getMessage() + ")",
                                cause)
                        : cause);
    }

    /**
     * Runs the work in mode IMPORT.
     *
     * @return the work's outcome, after the mode was restored; fails if that fails
     */
    Future<Void> during(Subject subject, Supplier<Future<Void>> work) {
        return registry.mode(subject.name()).compose(own -> registry.mode().compose(general -> {
            String mode = own.orElse(general);
            if (mode.equals(IMPORT)) {
                return work.get();
            }
            if (!mode.equals(WRITABLE)) {
                return Future.failedFuture(new SchemaSyncException(
                        "subject " + subject + " is in mode " + mode + " and lacks schemas: set it to " + WRITABLE));
            }
            // Also after a failure to set it, which the registry may have executed nevertheless.
            return registry.setMode(subject.name(), IMPORT)
                    .compose(set -> work.get())
                    .transform(outcome -> restore(subject, own).transform(back -> {
                        if (back.succeeded()) {
                            return outcome.succeeded()
                                    ? Future.succeededFuture()
                                    : Future.failedFuture(outcome.cause());
                        }
                        SchemaSyncException left = new SchemaSyncException(
                                "subject " + subject + " may be left in mode IMPORT; the next run restores it",
                                back.cause());
                        if (outcome.failed()) {
                            left.addSuppressed(outcome.cause());
                        }
                        return Future.failedFuture(left);
                    }));
        }));
    }

    private Future<Void> restore(Subject subject, Optional<String> own) {
        return own.or(() -> subject.shared() ? Optional.of(WRITABLE) : Optional.empty())
                .map(mode -> registry.setMode(subject.name(), mode))
                .orElseGet(() -> registry.clearMode(subject.name()));
    }
}
