package io.alertstream.local.registry;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What clients of a schema registry rely on, written once and run against the embedded registry and against registries
 * of other hands. The tests are in the interfaces, one for each part of it; classes that extend this one run them all
 * against one registry. Every test works in subjects of its own. Where a registry is known to differ, it says so with
 * its reason in {@link #differences}, and the test that would fail is skipped with that reason.
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

    /** What the registry is known to do otherwise, and why that is all right. */
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
