package io.alertstream.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Parses untrusted schemas. Avro's own parser refuses them in many ways: besides its exceptions it throws
 * IllegalArgumentException, NullPointerException, ClassCastException, UnsupportedOperationException and
 * StackOverflowError. Here one exception replaces all of them, and nesting is limited before Avro parses.
 */
public enum SchemaParser {

    /** Names and defaults must follow Avro's specification. */
    STRICT {
        @Override
        Schema.Parser parser() {
            return new Schema.Parser();
        }
    },

    /** Names must follow the specification, defaults needn't, as in schema registries. */
    ANY_DEFAULTS {
        @Override
        Schema.Parser parser() {
            return new Schema.Parser().setValidateDefaults(false);
        }
    },

    /** Checks neither, as Avro's reader of container files does: the data was written with this schema. */
    LENIENT {
        @Override
        Schema.Parser parser() {
            return new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
        }
    };

    /** Levels of JSON nesting. The survey's schemas have 12; Avro needs stack for each level, even after parsing. */
    static final int MAX_DEPTH = 200;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS) // As Avro does.
            .build();

    abstract Schema.Parser parser();

    /**
     * The schema in a document.
     *
     * @throws InvalidSchemaException if it isn't one; the message says why
     */
    public Schema parse(String document) {
        try {
            readThrough(document);
            return parser().parse(document);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw new InvalidSchemaException(SchemaFault.describe(e), e);
        }
    }

    /** Detects broken JSON and deep nesting without recursion. */
    private static void readThrough(String document) throws IOException {
        try (JsonParser json = JSON.createParser(document)) {
            while (json.nextToken() != null) {
                // Only the limits matter here.
            }
        }
    }
}
