package io.alertstream.avro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Restores what a schema loses in a registry. Registries of alerts hold parsing canonical forms, which have no
 * descriptions (so no units), no defaults and no logical types. All of these come back from a catalog: from the
 * version with the same canonical form or else, field by field, from the nearest version whose record of the same name
 * has the field.
 *
 * <p>Immutable. Restoring one of the survey's schemas takes about a millisecond, so keep the result.
 */
public final class SchemaDocumentation {

    private final Map<String, Source> byCanonicalForm = new HashMap<>();
    private final List<Source> sources;

    /** A schema of the catalog, and its records by name without namespace. */
    private record Source(SchemaVersion version, Map<String, Schema> records) {}

    private SchemaDocumentation(Collection<AlertSchema> catalog) {
        List<Source> all = new ArrayList<>();
        for (AlertSchema schema : catalog) {
            Map<String, Schema> records = new HashMap<>();
            collect(schema.schema(), records);
            Source source = new Source(schema.version(), records);
            all.add(source);
            byCanonicalForm.put(schema.canonicalForm(), source);
        }
        sources = List.copyOf(all);
    }

    /** From the schemas that come with this software. */
    public static SchemaDocumentation bundled() {
        return of(SchemaCatalog.bundled());
    }

    public static SchemaDocumentation of(SchemaCatalog catalog) {
        return new SchemaDocumentation(catalog.schemas());
    }

    private static void collect(Schema schema, Map<String, Schema> records) {
        switch (schema.getType()) {
            case RECORD -> {
                if (records.putIfAbsent(schema.getName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema(), records));
                }
            }
            case UNION -> schema.getTypes().forEach(type -> collect(type, records));
            case ARRAY -> collect(schema.getElementType(), records);
            case MAP -> collect(schema.getValueType(), records);
            default -> {
                // no records inside
            }
        }
    }

    /**
     * The same schema, documented. Its own documentation and its canonical form are kept; fields that the catalog
     * doesn't know stay as they are.
     */
    public Schema restore(Schema schema) {
        Source same = byCanonicalForm.get(SchemaNormalization.toParsingForm(schema));
        try {
            return new Copy(same == null ? nearestFirst(schema) : List.of(same)).of(schema, Optional.empty());
        } catch (AvroRuntimeException e) {
            // Registries may hold names that Avro reads on request but never builds. Such a schema is usable as it is.
            return schema;
        }
    }

    private List<Source> nearestFirst(Schema schema) {
        int id = schema.getType() == Schema.Type.RECORD && schema.getNamespace() != null
                ? SchemaVersion.ofNamespace(schema.getNamespace())
                        .map(SchemaVersion::id)
                        .orElse(Integer.MAX_VALUE)
                : Integer.MAX_VALUE;
        return sources.stream()
                .sorted(Comparator.comparingInt(
                        source -> Math.abs(id - source.version().id())))
                .toList();
    }

    /** One copy of a schema. */
    private static final class Copy {

        private final List<Source> order;
        private final Map<String, Schema> named = new HashMap<>();

        Copy(List<Source> order) {
            this.order = order;
        }

        /** @param model the catalog's type for the same field, if there is one */
        Schema of(Schema schema, Optional<Schema> model) {
            return switch (schema.getType()) {
                case RECORD, ENUM, FIXED -> {
                    Schema known = named.get(schema.getFullName());
                    yield known == null ? ofNamed(schema, model) : known;
                }
                case UNION ->
                    Schema.createUnion(schema.getTypes().stream()
                            .map(type -> of(type, counterpart(type, model)))
                            .toList());
                case ARRAY ->
                    withProperties(
                            Schema.createArray(of(
                                    schema.getElementType(),
                                    counterpart(schema, model).map(Schema::getElementType))),
                            schema,
                            counterpart(schema, model));
                case MAP ->
                    withProperties(
                            Schema.createMap(of(
                                    schema.getValueType(),
                                    counterpart(schema, model).map(Schema::getValueType))),
                            schema,
                            counterpart(schema, model));
                default -> withProperties(Schema.create(schema.getType()), schema, counterpart(schema, model));
            };
        }

        private Schema ofNamed(Schema schema, Optional<Schema> model) {
            Optional<Schema> counterpart =
                    schema.getType() == Schema.Type.RECORD ? record(schema) : counterpart(schema, model);
            String doc =
                    schema.getDoc() == null ? counterpart.map(Schema::getDoc).orElse(null) : schema.getDoc();
            String name = schema.getName();
            String namespace = schema.getNamespace();
            Schema copy =
                    switch (schema.getType()) {
                        case ENUM ->
                            Schema.createEnum(name, doc, namespace, schema.getEnumSymbols(), schema.getEnumDefault());
                        case FIXED -> Schema.createFixed(name, doc, namespace, schema.getFixedSize());
                        default -> Schema.createRecord(name, doc, namespace, schema.isError());
                    };
            named.put(schema.getFullName(), copy);
            schema.getAliases().forEach(copy::addAlias);
            if (schema.getType() == Schema.Type.RECORD) {
                copy.setFields(schema.getFields().stream()
                        .map(field -> field(schema, field))
                        .toList());
            }
            return withProperties(copy, schema, counterpart);
        }

        private Schema.Field field(Schema holder, Schema.Field field) {
            Optional<Schema.Field> model = order.stream()
                    .flatMap(source -> Optional.ofNullable(source.records().get(holder.getName())).stream())
                    .flatMap(record -> Optional.ofNullable(record.getField(field.name())).stream())
                    .findFirst();
            String doc = field.doc() == null ? model.map(Schema.Field::doc).orElse(null) : field.doc();
            Object value = field.hasDefaultValue()
                    ? field.defaultVal()
                    : model.filter(it -> it.hasDefaultValue() && startsAlike(field.schema(), it.schema()))
                            .map(Schema.Field::defaultVal)
                            .orElse(null);
            Schema.Field copy = new Schema.Field(
                    field.name(), of(field.schema(), model.map(Schema.Field::schema)), doc, value, field.order());
            field.aliases().forEach(copy::addAlias);
            copy.putAll(field);
            return copy;
        }

        /** Whether a default of one type is valid for the other: a union's default belongs to its first type. */
        private static boolean startsAlike(Schema one, Schema other) {
            return first(one).getType() == first(other).getType();
        }

        private static Schema first(Schema schema) {
            return schema.isUnion() && !schema.getTypes().isEmpty()
                    ? schema.getTypes().get(0)
                    : schema;
        }

        private Optional<Schema> record(Schema record) {
            return order.stream()
                    .flatMap(source -> Optional.ofNullable(source.records().get(record.getName())).stream())
                    .findFirst();
        }

        /** The model's type of the same kind: versions differ in what may be null. */
        private static Optional<Schema> counterpart(Schema schema, Optional<Schema> model) {
            return model.stream()
                    .flatMap(it -> it.isUnion() ? it.getTypes().stream() : Stream.of(it))
                    .filter(type ->
                            type.getType() == schema.getType() && type.getName().equals(schema.getName()))
                    .findFirst();
        }

        private static Schema withProperties(Schema copy, Schema own, Optional<Schema> model) {
            copy.putAll(own);
            model.ifPresent(it -> it.getObjectProps().forEach((name, value) -> {
                if (copy.getObjectProp(name) == null) {
                    copy.addProp(name, value);
                }
            }));
            LogicalType logical = LogicalTypes.fromSchemaIgnoreInvalid(copy);
            return logical == null ? copy : logical.addToSchema(copy);
        }
    }
}
