package io.alertstream.avro;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** The fields of one schema that another lacks: what a translation of alerts drops. */
public final class DroppedFields {

    private final List<String> paths = new ArrayList<>();

    /** Pairs of records already compared, by name, because records may contain themselves. */
    private final Set<List<String>> compared = new HashSet<>();

    private DroppedFields() {}

    /** Their paths, such as {@code diaSource.exposureTime}, in the order of the schema. */
    public static List<String> of(Schema from, Schema to) {
        DroppedFields dropped = new DroppedFields();
        dropped.compare("", from, to);
        return dropped.paths;
    }

    private void compare(String path, Schema from, Schema to) {
        switch (from.getType()) {
            case RECORD -> record(to, from).ifPresent(target -> compareFields(path, from, target));
            case ARRAY ->
                branch(to, Schema.Type.ARRAY)
                        .ifPresent(target -> compare(path, from.getElementType(), target.getElementType()));
            case MAP ->
                branch(to, Schema.Type.MAP)
                        .ifPresent(target -> compare(path, from.getValueType(), target.getValueType()));
            case UNION -> from.getTypes().forEach(type -> compare(path, type, to));
            default -> {}
        }
    }

    private void compareFields(String path, Schema from, Schema to) {
        if (!compared.add(List.of(from.getFullName(), to.getFullName()))) {
            return;
        }
        for (Schema.Field field : from.getFields()) {
            String fieldPath = path.isEmpty() ? field.name() : path + "." + field.name();
            fieldNamed(to, field.name())
                    .ifPresentOrElse(
                            target -> compare(fieldPath, field.schema(), target.schema()), () -> paths.add(fieldPath));
        }
    }

    private static Optional<Schema.Field> fieldNamed(Schema record, String name) {
        return record.getFields().stream()
                .filter(field -> field.name().equals(name) || field.aliases().contains(name))
                .findFirst();
    }

    /** The record that corresponds to the other: the one of the same name, in any namespace. */
    private static Optional<Schema> record(Schema schema, Schema other) {
        return branches(schema).stream()
                .filter(branch -> branch.getType() == Schema.Type.RECORD
                        && branch.getName().equals(other.getName()))
                .findFirst();
    }

    private static Optional<Schema> branch(Schema schema, Schema.Type type) {
        return branches(schema).stream()
                .filter(branch -> branch.getType() == type)
                .findFirst();
    }

    private static List<Schema> branches(Schema schema) {
        return schema.isUnion() ? schema.getTypes() : List.of(schema);
    }
}
