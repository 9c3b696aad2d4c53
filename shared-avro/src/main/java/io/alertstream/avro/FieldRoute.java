package io.alertstream.avro;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.Schema;

/** The path from the start of a record's bytes to one of its fields, at any depth. Stateless. */
final class FieldRoute {

    private final String path;
    private final List<Leg> legs;

    /** A part of the path. */
    @FunctionalInterface
    private interface Leg {

        /** Whether the path continues; false if a union holds another branch. */
        boolean walk(AvroCursor in);
    }

    private FieldRoute(String path, List<Leg> legs) {
        this.path = path;
        this.legs = legs;
    }

    /**
     * The path to a field.
     *
     * @param path names of the enclosing records' fields, then the field's own
     * @param types the types that the field may have, alone or in a union
     * @return empty if there is no such field
     * @throws NotAnAlertException if the field is of another type
     */
    static Optional<FieldRoute> to(Schema schema, List<String> path, Set<Schema.Type> types) {
        List<Leg> legs = new ArrayList<>();
        Schema at = schema;
        for (String name : path) {
            Optional<Schema> record =
                    enter(at, type -> type.getType() == Schema.Type.RECORD && type.getField(name) != null, legs);
            if (record.isEmpty()) {
                return Optional.empty();
            }
            Schema.Field field = record.get().getField(name);
            Skip before = Skip.all(record.get().getFields().subList(0, field.pos()).stream()
                    .map(Schema.Field::schema)
                    .toList());
            legs.add(in -> {
                before.over(in);
                return true;
            });
            at = field.schema();
        }
        String fullPath = String.join(".", path);
        if (enter(at, type -> types.contains(type.getType()), legs).isEmpty()) {
            throw new NotAnAlertException("expected the field %s of %s to be of type %s, it is %s"
                    .formatted(fullPath, schema.getFullName(), types, at));
        }
        return Optional.of(new FieldRoute(fullPath, List.copyOf(legs)));
    }

    /** The wanted type: the schema itself, or a branch of the union, which adds a leg. */
    private static Optional<Schema> enter(Schema schema, Predicate<Schema> wanted, List<Leg> legs) {
        if (!schema.isUnion()) {
            return Optional.of(schema).filter(wanted);
        }
        List<Schema> branches = schema.getTypes();
        return branches.stream().filter(wanted).findFirst().map(branch -> {
            int index = branches.indexOf(branch);
            legs.add(in -> in.readIndex(branches.size()) == index);
            return branch;
        });
    }

    /**
     * Moves the cursor from the record's start to the field's value.
     *
     * @throws NotAnAlertException if this record doesn't have the field, because of a null on the path, or if the
     *     record is invalid
     */
    void walk(AvroCursor in) {
        for (Leg leg : legs) {
            if (!leg.walk(in)) {
                throw new NotAnAlertException("expected a value of %s, got null".formatted(path));
            }
        }
    }
}
