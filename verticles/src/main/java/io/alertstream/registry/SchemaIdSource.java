package io.alertstream.registry;

import io.alertstream.settings.Forms;
import io.alertstream.settings.Setting;
import java.util.function.Function;
import java.util.function.Supplier;

/** The source of a schema's id: the values of {@code SCHEMA_ID}. */
public sealed interface SchemaIdSource {

    Setting<SchemaIdSource> SETTING = Setting.of(
            "SCHEMA_ID",
            "version",
            SchemaIdSource::parse,
            "schema id: version (MAJOR * 100 + MINOR), registry (as assigned there) or a number");

    /** Applies the function for this source. */
    <R> R match(Supplier<R> ofVersion, Supplier<R> ofRegistry, Function<Fixed, R> fixed);

    /** {@code MAJOR * 100 + MINOR} of the schema's version, set in the registry through IMPORT mode. */
    record OfVersion() implements SchemaIdSource {

        @Override
        public <R> R match(Supplier<R> ofVersion, Supplier<R> ofRegistry, Function<Fixed, R> fixed) {
            return ofVersion.get();
        }
    }

    /** Whatever the registry assigns, looked up by schema. */
    record OfRegistry() implements SchemaIdSource {

        @Override
        public <R> R match(Supplier<R> ofVersion, Supplier<R> ofRegistry, Function<Fixed, R> fixed) {
            return ofRegistry.get();
        }
    }

    /** This id. */
    record Fixed(int id) implements SchemaIdSource {

        @Override
        public <R> R match(Supplier<R> ofVersion, Supplier<R> ofRegistry, Function<Fixed, R> fixed) {
            return fixed.apply(this);
        }
    }

    /**
     * Reads a choice.
     *
     * @throws IllegalArgumentException with the values allowed
     */
    static SchemaIdSource parse(String text) {
        return switch (text) {
            case "version" -> new OfVersion();
            case "registry" -> new OfRegistry();
            default -> {
                try {
                    yield new Fixed(Forms.integer(1, Integer.MAX_VALUE).parse(text));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("version, registry or a number, 1 to 2147483647", e);
                }
            }
        };
    }
}
