package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaDocumentationTest {

    private static final long SEED = new Random().nextLong();

    private final SchemaDocumentation documentation = SchemaDocumentation.bundled();

    @ParameterizedTest
    @ValueSource(strings = {"11.0", "11.1"})
    void aCanonicalFormGetsItsDocumentationBack(String version) {
        AlertSchema whole =
                SchemaCatalog.bundled().get(SchemaVersion.parse(version)).orElseThrow();
        Schema bare = parse(whole.canonicalForm());
        assertThat(bare.toString()).doesNotContain("\"doc\"", "\"default\"", "\"logicalType\"");

        Schema restored = documentation.restore(bare);

        assertThat(restored).hasToString(whole.schema().toString());
        assertThat(updatedAt(restored).getLogicalType())
                .isEqualTo(updatedAt(whole.schema()).getLogicalType())
                .isNotNull();
    }

    /** The type of the one field with a logical type. */
    private static Schema updatedAt(Schema alert) {
        Schema orbits = alert.getField("mpc_orbits").schema().getTypes().get(1);
        return orbits.getFields().stream()
                .map(Schema.Field::schema)
                .flatMap(type -> type.isUnion() ? type.getTypes().stream() : Stream.of(type))
                .filter(type -> type.getObjectProp("logicalType") != null)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anOlderVersionIsDocumentedByRecordAndField() {
        Schema v9 = parse(SchemaCatalog.read(SharedData.path("schemas-all"))
                .get(new SchemaVersion(9, 0))
                .orElseThrow()
                .canonicalForm());

        Schema restored = documentation.restore(v9);

        assertThat(canonical(restored)).isEqualTo(canonical(v9));
        Schema source = restored.getField("diaSource").schema();
        assertThat(source.getField("psfFlux").doc()).endsWith("; nJy");
        assertThat(source.getField("psfFlux").hasDefaultValue()).isTrue();
        // As in 11.0, the nearest version; in 11.1 it is another quantity.
        assertThat(source.getField("raErr").doc()).isEqualTo("Standard error of ra; degrees");
        assertThat(source.getField("trailNdata").schema().isNullable())
                .as("a type never changes")
                .isTrue();
    }

    @Test
    void aFutureVersionIsDocumentedByTheLatest() {
        Schema next = parse(SchemaCatalog.bundled().latest().canonicalForm().replace("lsst.v11_1", "lsst.v12_0"));

        Schema source = documentation.restore(next).getField("diaSource").schema();

        assertThat(source.getFullName()).isEqualTo("lsst.v12_0.diaSource");
        assertThat(source.getField("raErr").doc()).contains("cosine of dec");
        assertThat(source.getField("exposureTime").doc()).endsWith("; seconds");
    }

    @Test
    void aSchemasOwnDocumentationIsKept() {
        Schema own = parse("""
                {"type": "record", "name": "diaSource", "namespace": "lsst.v11_1", "doc": "ours", "unit": "x", "fields": [
                  {"name": "ra", "type": "double", "doc": "our own words", "aliases": ["alpha"], "order": "ignore", "p": 1},
                  {"name": "dec", "type": "double", "default": 4.5},
                  {"name": "band", "type": ["string", "null"]},
                  {"name": "unheardOf", "type": {"type": "map", "values": "int"}}]}
                """);

        Schema restored = documentation.restore(own);

        assertThat(restored.getDoc()).isEqualTo("ours");
        assertThat(restored.getObjectProp("unit")).isEqualTo("x");
        Schema.Field ra = restored.getField("ra");
        assertThat(ra.doc()).isEqualTo("our own words");
        assertThat(ra.aliases()).containsExactly("alpha");
        assertThat(ra.order()).isEqualTo(Schema.Field.Order.IGNORE);
        assertThat(ra.getObjectProp("p")).isEqualTo(1);
        assertThat(restored.getField("dec").defaultVal()).isEqualTo(4.5);
        assertThat(restored.getField("dec").doc()).endsWith("; degrees");
        assertThat(restored.getField("band").hasDefaultValue())
                .as("null can't be the default of a union that begins with string")
                .isFalse();
        assertThat(restored.getField("unheardOf").doc()).isNull();
        assertThat(canonical(restored)).isEqualTo(canonical(own));
    }

    @Test
    void aSchemaThatAvroCantRebuildIsUnchanged() {
        Schema odd = new Schema.Parser(NameValidator.NO_VALIDATION).parse("""
                {"type": "record", "name": "diaSource", "fields": [{"name": "ra (deg)", "type": "double"}]}
                """);
        assertThat(documentation.restore(odd)).isSameAs(odd);
        assertThat(documentation.restore(parse("\"int\""))).isEqualTo(parse("\"int\""));
    }

    /** Whatever the schema, its encoding stays the same. */
    @Test
    void theCanonicalFormNeverChanges() {
        Random random = new Random(SEED);
        String bundled = SchemaCatalog.bundled().latest().canonicalForm();
        for (int i = 0; i < 200; i++) {
            Schema schema = parse(changed(bundled, random));
            assertThat(canonical(documentation.restore(schema)))
                    .as("seed %d, schema %s", SEED, schema)
                    .isEqualTo(canonical(schema));
        }
        assertThat(canonical(documentation.restore(Avro.EVERYTHING))).isEqualTo(canonical(Avro.EVERYTHING));
    }

    /** The schema with some of its types replaced by others. */
    private static String changed(String canonical, Random random) {
        String[] types = {"int", "long", "float", "double", "boolean", "string", "bytes"};
        String changed = canonical;
        for (int changes = random.nextInt(5); changes >= 0; changes--) {
            String from = types[random.nextInt(types.length)];
            String to = types[random.nextInt(types.length)];
            changed = random.nextBoolean()
                    ? changed.replace("[\"null\",\"" + from + "\"]", "[\"" + to + "\",\"null\"]")
                    : changed.replace("\"type\":\"" + from + "\"", "\"type\":[\"null\",\"" + to + "\"]");
        }
        return changed;
    }

    private static Schema parse(String document) {
        return new Schema.Parser().parse(document);
    }

    private static String canonical(Schema schema) {
        return SchemaNormalization.toParsingForm(schema);
    }
}
