package io.alertstream.avro;

import java.util.HexFormat;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * A version of the alert schema.
 *
 * @param schema the record {@code alert} with all its parts
 */
public record AlertSchema(SchemaVersion version, Schema schema) {

    /** The id that the survey's public registry gives this version. */
    public int id() {
        return version.id();
    }

    /** Avro's parsing canonical form: equal for two schemas if and only if they read each other's bytes the same. */
    public String canonicalForm() {
        return SchemaNormalization.toParsingForm(schema);
    }

    /** CRC-64-AVRO of a schema's canonical form, as Avro prints it: 16 hexadecimal digits, the highest first. */
    public static String crc64(Schema schema) {
        return HexFormat.of().toHexDigits(SchemaNormalization.parsingFingerprint64(schema));
    }
}
