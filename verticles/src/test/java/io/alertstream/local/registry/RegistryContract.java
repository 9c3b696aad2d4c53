package io.alertstream.local.registry;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What clients of a schema registry rely on, run against the embedded registry and against independent ones. The tests
 * are in the interfaces, one for each part of the contract; a class that extends this one runs all of them against one
 * registry. Every test has its own subjects. A registry's known differences are in {@link #differences} with their
 * reasons; tests that would fail because of one are skipped with its reason.
 */
@Timeout(60)
abstract class RegistryContract
        implements RegistrationContract,
                LookupContract,
                DeletionContract,
                CompatibilityContract,
                ModesContract,
                HttpContract {

    private Http http;
    private String subject;

    /** The address that the interface's paths are appended to. */
    abstract String base();

    /** The registry's known differences, and why each is acceptable. */
    Map<Feature, String> differences() {
        return Map.of();
    }

    @BeforeEach
    void connect() {
        http = new Http(base());
        subject = RegistryFixture.unique();
    }

    @Override
    public final Http http() {
        return http;
    }

    @Override
    public final String subject() {
        return subject;
    }

    @Override
    public final boolean differs(Feature feature) {
        return differences().containsKey(feature);
    }

    @Override
    public final void needs(Feature feature) {
        assumeFalse(
                differs(feature),
                () -> "known difference " + feature + ": " + differences().get(feature));
    }
}
