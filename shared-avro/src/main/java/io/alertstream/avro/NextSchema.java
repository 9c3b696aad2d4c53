package io.alertstream.avro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * A schema that the survey could publish next: an existing one with a field added at the end of the record, so that
 * appending a few bytes turns a packet into one of the next schema. If the namespace has a version, it is incremented.
 *
 * @param schema the next schema, in canonical form
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record NextSchema(String schema, byte[] suffix) {

    private static final String ADDED = "addedBySimulation";

    /** The next minor version: the added field is nullable, and set to null. */
    public static NextSchema minor(Schema now) {
        Schema nullable = Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
        return of(now, 0, 1, nullable, new byte[] {0});
    }

    /** The next major version: the added field is an int without a default, and set to 1. */
    public static NextSchema major(Schema now) {
        return of(now, 1, 0, Schema.create(Schema.Type.INT), new byte[] {2});
    }

    private static NextSchema of(Schema now, int majors, int minors, Schema added, byte[] suffix) {
        List<Schema.Field> fields = new ArrayList<>();
        now.getFields()
                .forEach(field -> fields.add(new Schema.Field(field.name(), field.schema(), null, (Object) null)));
        fields.add(new Schema.Field(ADDED, added, null, (Object) null));
        Schema next = Schema.createRecord(now.getName(), null, now.getNamespace(), false, fields);
        String document = SchemaNormalization.toParsingForm(next);
        String renamed = SchemaVersion.ofNamespace(String.valueOf(now.getNamespace()))
                .map(version -> document.replace(
                        now.getNamespace() + ".",
                        now.getNamespace().replaceFirst("v\\d+_\\d+$", namespace(version, majors, minors)) + "."))
                .orElse(document);
        return new NextSchema(renamed, suffix);
    }

    private static String namespace(SchemaVersion now, int majors, int minors) {
        return "v%d_%d".formatted(now.major() + majors, majors > 0 ? 0 : now.minor() + minors);
    }

    /** Converts a packet of the previous schema to this one. */
    public byte[] packet(int schemaId, byte[] packet) {
        byte[] longer = Arrays.copyOf(packet, packet.length + suffix.length);
        ByteBuffer.wrap(longer).putInt(1, schemaId).position(packet.length).put(suffix);
        return longer;
    }
}
