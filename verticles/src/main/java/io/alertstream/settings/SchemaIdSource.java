package io.alertstream.settings;

/** Where the id under which a schema is known comes from: the values of {@code SCHEMA_ID}. */
public sealed interface SchemaIdSource {

    /** {@code MAJOR * 100 + MINOR} of the schema's version, set in the registry through IMPORT mode. */
    record OfVersion() implements SchemaIdSource {}

    /** Whatever the registry assigns, looked up by schema. */
    record OfRegistry() implements SchemaIdSource {}

    /** This one. */
    record Fixed(int id) implements SchemaIdSource {}

    /**
     * Reads a choice.
     *
     * @throws IllegalArgumentException with what would be right
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
