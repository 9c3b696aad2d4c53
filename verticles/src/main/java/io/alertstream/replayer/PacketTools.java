package io.alertstream.replayer;

import io.alertstream.avro.AlertDecoder;
import io.alertstream.avro.NextSchema;
import io.alertstream.avro.NotAnAlertException;
import io.alertstream.avro.PacketPadding;
import io.alertstream.avro.PacketPatch;
import io.alertstream.avro.profile.AlertProfile;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The tools to change packets of one schema.
 *
 * @param padding empty if the schema's packets can't be made larger
 */
record PacketTools(PacketPatch patch, AlertDecoder decoder, Optional<PacketPadding> padding) {

    /** @throws NotAnAlertException if the schema has no alert id of type long */
    static PacketTools of(Schema schema, AlertProfile profile) {
        return new PacketTools(PacketPatch.of(schema, profile), AlertDecoder.of(schema), padding(schema));
    }

    private static Optional<PacketPadding> padding(Schema schema) {
        try {
            return Optional.of(PacketPadding.of(schema));
        } catch (NotAnAlertException e) {
            return Optional.empty();
        }
    }

    /**
     * The version that alerts of a schema have from some visit on.
     *
     * @param schemaId as the registry assigned it
     */
    record Next(int schemaId, NextSchema schema, AlertDecoder decoder) {}
}
