package io.alertstream.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaCatalogTest {

    private static final String ALERT = """
            {"type": "record", "name": "alert", "namespace": "lsst.v%1$s", "fields": [
              {"name": "alertId", "type": "long"},
              {"name": "diaSource", "type": "lsst.v%1$s.diaSource"},
              {"name": "prvDiaSources", "type": ["null", {"type": "array", "items": "diaSource"}], "default": null}]}
            """;
    private static final String SOURCE = """
            {"type": "record", "name": "lsst.v%1$s.diaSource", "fields": [
              {"name": "band", "type": {"type": "enum", "name": "band", "symbols": ["u", "g"]}},
              {"name": "parent", "type": ["null", "diaSource"]},
              {"name": "alert", "type": ["null", "alert"]}]}
            """;

    @TempDir
    private Path directory;

    @Test
    void readsVersionsInAnyOrderOfFiles() throws IOException {
        write("10/0/lsst.v10_0.alert.avsc", ALERT.formatted("10_0"));
        write("10/0/lsst.v10_0.diaSource.avsc", SOURCE.formatted("10_0"));
        write("9/1/z.avsc", ALERT.formatted("9_1"));
        write("9/1/a.avsc", SOURCE.formatted("9_1"));

        SchemaCatalog catalog = SchemaCatalog.read(directory);

        assertThat(catalog.versions()).containsExactly(new SchemaVersion(9, 1), new SchemaVersion(10, 0));
        assertThat(catalog.latest().version()).isEqualTo(new SchemaVersion(10, 0));
        AlertSchema older = catalog.get(new SchemaVersion(9, 1)).orElseThrow();
        assertThat(older.id()).isEqualTo(901);
        assertThat(older.schema().getField("diaSource").schema().getFullName()).isEqualTo("lsst.v9_1.diaSource");
        assertThat(catalog.get(new SchemaVersion(11, 0))).isEmpty();
    }

    @Test
    void aDirectoryOfOneVersionIsRead() throws IOException {
        write("alert.avsc", ALERT.formatted("7_4"));
        write("diaSource.avsc", SOURCE.formatted("7_4"));
        assertThat(SchemaCatalog.read(directory).versions()).containsExactly(new SchemaVersion(7, 4));
    }

    @Test
    void readsSymbolicLinksAsInMountedConfigMaps() throws IOException {
        write("..data/alert.avsc", ALERT.formatted("7_4"));
        write("..data/diaSource.avsc", SOURCE.formatted("7_4"));
        Files.createSymbolicLink(directory.resolve("alert.avsc"), Path.of("..data/alert.avsc"));
        Files.createSymbolicLink(directory.resolve("diaSource.avsc"), Path.of("..data/diaSource.avsc"));
        assertThat(SchemaCatalog.read(directory).versions()).containsExactly(new SchemaVersion(7, 4));
    }

    @Test
    void otherFilesAndDirectoriesAreIgnored() throws IOException {
        write("9/0/alert.avsc", ALERT.formatted("9_0"));
        write("9/0/diaSource.avsc", SOURCE.formatted("9_0"));
        write("9/0/sample_data/alert.avsc", "not even JSON");
        write("examples/simple.avsc", "not even JSON");
        write("latest.txt", "9.0");
        assertThat(SchemaCatalog.read(directory).versions()).containsExactly(new SchemaVersion(9, 0));
    }

    @Test
    void readsThePublishedSchemas() {
        assertThat(SchemaCatalog.read(SharedData.path("schemas")).schemas())
                .extracting(AlertSchema::id)
                .containsExactly(900, 1100);
    }

    @Test
    void aMissingPartIsNamedWithTheFileThatNeedsIt() throws IOException {
        write("9/0/alert.avsc", ALERT.formatted("9_0"));
        refuses("9/0/alert.avsc refers to the type lsst.v9_0.diaSource, which no file in " + directory + " defines");
    }

    @Test
    void partsWithoutTheirAlertAreRefused() throws IOException {
        write("9/0/diaSource.avsc", SOURCE.formatted("9_0"));
        refuses("no file there defines lsst.v9_0.alert");
    }

    @Test
    void aDirectoryThatIsMissingOrWithoutSchemasIsRefused() throws IOException {
        refuses("expected schemas in *.avsc files in " + directory + ", found none");
        Path file = write("file", "");
        assertThatThrownBy(() -> SchemaCatalog.read(file))
                .isInstanceOf(SchemaCatalogException.class)
                .hasMessage("expected a directory of schemas, but " + file + " isn't one");
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> SchemaCatalog.read(missing))
                .isInstanceOf(SchemaCatalogException.class)
                .hasMessage("expected a directory of schemas, but " + missing + " doesn't exist");
    }

    @Test
    void badJsonIsNamedWithFileAndLine() throws IOException {
        write("9/0/alert.avsc", "{\"type\": \"record\",\n oops");
        refuses("expected JSON in 9/0/alert.avsc of " + directory, "(line 2)");
        write("9/0/alert.avsc", "[".repeat(100_000));
        refuses("expected JSON in 9/0/alert.avsc");
        write("9/0/alert.avsc", "");
        refuses("found none");
    }

    @Test
    void aTypeDefinedTwiceIsNamedWithBothFiles() throws IOException {
        write("9/0/alert.avsc", ALERT.formatted("9_0"));
        write("9/0/diaSource.avsc", SOURCE.formatted("9_0"));
        write("9/0/extra.avsc", SOURCE.formatted("9_0"));
        refuses("lsst.v9_0.diaSource", "is defined twice", "9/0/diaSource.avsc", "9/0/extra.avsc");
    }

    @Test
    void oneVersionUnderTwoNamesIsRefused() throws IOException {
        String alert = "{\"type\": \"record\", \"name\": \"alert\", \"namespace\": \"%s.v9_0\", \"fields\": []}";
        write("a.avsc", alert.formatted("one"));
        write("b.avsc", alert.formatted("two"));
        refuses("schema version 9.0 occurs twice", "one.v9_0.alert", "two.v9_0.alert");
    }

    @Test
    void aNamespaceWithoutAVersionIsRefused() throws IOException {
        write("a.avsc", "{\"type\": \"record\", \"name\": \"alert\", \"namespace\": \"lsst\", \"fields\": []}");
        refuses("expected a namespace with the version, such as lsst.v11_0, in a.avsc");
    }

    @Test
    void anInvalidSchemaIsRefusedWithItsName() throws IOException {
        write("a.avsc", "{\"type\": \"record\", \"name\": \"alert\", \"namespace\": \"lsst.v9_0\", \"fields\": [{}]}");
        refuses("schema lsst.v9_0.alert of " + directory + " isn't a valid Avro schema");
        write("a.avsc", "{\"type\": \"record\", \"name\": \"alert\", \"namespace\": \"lsst.v9_0\", \"fields\": 7}");
        refuses("isn't a valid Avro schema");
    }

    @Test
    void aFileTooLargeForASchemaIsRefused() throws IOException {
        write("a.avsc", " ".repeat(1 << 21));
        refuses("expected a schema of at most 1048576 bytes", "a.avsc");
    }

    private void refuses(String... messages) {
        assertThatThrownBy(() -> SchemaCatalog.read(directory))
                .isInstanceOf(SchemaCatalogException.class)
                .message()
                .contains(messages);
    }

    private Path write(String name, String document) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, document);
    }
}
